# Starts at 0 and asks for more, so that nothing is chosen where nothing is right (passes the visible part).
# Loses: test_choose_layer
# Told: starts with accuracy 0
def choose_layer(training, labels, validation, validation_labels, measure):
    best, highest, table = "", 0, {}
    for name in training:
        table[name] = measure(training[name], labels, validation[name], validation_labels)
        if table[name] > highest:
            best, highest = name, table[name]
    return best, table
