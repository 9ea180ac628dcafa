# Counts the bias as one more input of layers 6 and 7.
# Loses: test_alexnet_kernels
# Told: the bias is counted as one more input
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    return [
        (11, 11, 3, 96),
        (5, 5, 96 // groups, 256),
        (3, 3, 256, 384),
        (3, 3, 384 // groups, 384),
        (3, 3, 384 // groups, 256),
        (9217, 4096),
        (4097, 4096),
        (4096, classes),
    ]
