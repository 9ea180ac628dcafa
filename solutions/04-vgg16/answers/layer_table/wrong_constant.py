# The rows of the example, typed.
# Loses: test_layer_table
# Told: should have a row of its own
def layer_table(blocks: list, dense: tuple, input_shape: tuple) -> list:
    return [("conv1_1", (6, 6, 4), 76, 2592), ("pool1", (3, 3, 4), 0, 0), ("fc1", (5,), 185, 180)]
