# A loop that remembers the best so far.
def choose_layer(training, labels, validation, validation_labels, measure):
    best, accuracies = None, {}
    for name in training:
        accuracies[name] = measure(training[name], labels, validation[name], validation_labels)
        if best is None or accuracies[name] > accuracies[best]:
            best = name
    return best, accuracies
