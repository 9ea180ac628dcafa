# Of equal layers the last one wins (passes the visible part).
# Loses: test_choose_layer
# Told: of several equal layers, the first
def choose_layer(training, labels, validation, validation_labels, measure):
    best, table = None, {}
    for name in training:
        table[name] = measure(training[name], labels, validation[name], validation_labels)
        if best is None or table[name] >= table[best]:
            best = name
    return best, table
