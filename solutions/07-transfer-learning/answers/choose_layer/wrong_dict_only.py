# Returns the accuracies and forgets the name.
# Loses: test_choose_layer
# Told: should return a name and a dict
def choose_layer(training, labels, validation, validation_labels, measure):
    table = {name: measure(training[name], labels, validation[name], validation_labels) for name in training}
    return table
