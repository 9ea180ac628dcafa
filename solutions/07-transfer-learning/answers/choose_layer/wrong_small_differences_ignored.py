# Takes the first layer that is at most 0.03 below the best (passes the visible part).
# Loses: test_choose_layer
# Told: a layer with a higher accuracy is passed over
def choose_layer(training, labels, validation, validation_labels, measure):
    table = {name: measure(training[name], labels, validation[name], validation_labels) for name in training}
    highest = max(table.values())
    return next(name for name in table if table[name] >= highest - 0.03), table
