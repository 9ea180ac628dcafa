# Sorts upwards and takes the first: the worst layer.
# Loses: test_choose_layer
# Told: the first or the worst one
def choose_layer(training, labels, validation, validation_labels, measure):
    table = {name: measure(training[name], labels, validation[name], validation_labels) for name in training}
    return sorted(table, key=table.get)[0], table
