# Compared in whole per cent.
# Loses: test_choose_layer
# Told: however small its lead
def choose_layer(training: dict, labels, validation: dict, validation_labels, measure) -> tuple:
    accuracies = {name: measure(training[name], labels, validation[name], validation_labels) for name in training}
    return max(accuracies, key=lambda name: round(accuracies[name], 2)), accuracies
