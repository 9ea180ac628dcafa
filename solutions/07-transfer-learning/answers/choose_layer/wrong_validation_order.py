# The order of the validation dict decides between equal ones.
# Loses: test_choose_layer
# Told: of several equal layers, the first
def choose_layer(training: dict, labels, validation: dict, validation_labels, measure) -> tuple:
    accuracies = {name: measure(training[name], labels, validation[name], validation_labels) for name in validation}
    return max(accuracies, key=accuracies.get), accuracies
