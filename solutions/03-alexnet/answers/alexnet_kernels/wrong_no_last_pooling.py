# Flattens the maps of 13×13.
# Loses: test_alexnet_kernels
# Told: the pooling after layer 5 is left out
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    return [
        (11, 11, 3, 96),
        (5, 5, 96 // groups, 256),
        (3, 3, 256, 384),
        (3, 3, 384 // groups, 384),
        (3, 3, 384 // groups, 256),
        (13 * 13 * 256, 4096),
        (4096, 4096),
        (4096, classes),
    ]
