# Calls probe_accuracy and not the function that was handed over.
# Loses: test_choose_layer
# Told: from a call of `measure`
def choose_layer(training, labels, validation, validation_labels, measure):
    table = {name: probe_accuracy(training[name], labels, validation[name], validation_labels) for name in training}
    return max(table, key=table.get), table
