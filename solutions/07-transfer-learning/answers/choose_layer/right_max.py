# Max over the dict (the first of equal ones).
def choose_layer(training: dict, labels, validation: dict, validation_labels, measure) -> tuple:
    accuracies = {name: measure(training[name], labels, validation[name], validation_labels) for name in training}
    return max(accuracies, key=accuracies.get), accuracies
