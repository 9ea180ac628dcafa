# Halves the number of kernels in a group instead of storing all of them.
# Loses: test_alexnet_kernels
# Told: these are the kernels of one group
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    return [
        (11, 11, 3, 96),
        (5, 5, 96 // groups, 256 // groups),
        (3, 3, 256, 384),
        (3, 3, 384 // groups, 384),
        (3, 3, 384 // groups, 256),
        (9216, 4096),
        (4096, 4096),
        (4096, classes),
    ]
