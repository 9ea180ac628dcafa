# Of equal layers the last.
# Loses: test_choose_layer
# Told: of several equal layers, the first
def choose_layer(training: dict, labels, validation: dict, validation_labels, measure) -> tuple:
    accuracies = {name: measure(training[name], labels, validation[name], validation_labels) for name in training}
    return max(reversed(accuracies), key=accuracies.get), accuracies
