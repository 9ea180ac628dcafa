# Measures on the images it was fitted to.
# Loses: test_choose_layer
# Told: validation features third
def choose_layer(training, labels, validation, validation_labels, measure):
    table = {name: measure(training[name], labels, training[name], labels) for name in training}
    return max(table, key=table.get), table
