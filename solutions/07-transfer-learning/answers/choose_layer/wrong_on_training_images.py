# Measures on the images it was fitted to.
def choose_layer(training, labels, validation, validation_labels, measure):
    table = {name: measure(training[name], labels, training[name], labels) for name in training}
    return max(table, key=table.get), table
