# Stops as soon as a layer is worse than the one before (passes the visible part).
# Loses: test_choose_layer
# Told: All layers should be measured
def choose_layer(training, labels, validation, validation_labels, measure):
    best, table = None, {}
    for name in training:
        table[name] = measure(training[name], labels, validation[name], validation_labels)
        if best is not None and table[name] < table[best]:
            break
        best = name if best is None or table[name] > table[best] else best
    return best, table
