# NumPy arrays of names and accuracies, so that a NumPy text and NumPy numbers come back; type hints and a print.
def choose_layer(training: dict, labels, validation: dict, validation_labels, measure) -> tuple[str, dict]:
    names = np.array(list(training))
    accuracies = np.zeros(len(names), "float64")
    for place, name in enumerate(names):
        accuracies[place] = measure(training[str(name)], labels, validation[str(name)], validation_labels)
        print(name, accuracies[place])
    best = np.flatnonzero(accuracies == accuracies.max())[0]
    return names[best], dict(zip(names.tolist(), accuracies))
