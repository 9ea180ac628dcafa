# Hands the labels over in the wrong places.
# Loses: test_choose_layer
# Told: training labels second and the validation labels fourth
def choose_layer(training, labels, validation, validation_labels, measure):
    table = {name: measure(training[name], validation_labels, validation[name], labels) for name in training}
    return max(table, key=table.get), table
