# Takes the last layer, as most recipes do.
# Loses: test_choose_layer
# Told: the last layer is chosen
def choose_layer(training, labels, validation, validation_labels, measure):
    table = {name: measure(training[name], labels, validation[name], validation_labels) for name in training}
    return list(training)[-1], table
