# Lists shapes for the three poolings, too.
# Loses: test_alexnet_kernels
# Told: it has no weights
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    return [
        (11, 11, 3, 96),
        (3, 3, 96, 96),
        (5, 5, 96 // groups, 256),
        (3, 3, 256, 256),
        (3, 3, 256, 384),
        (3, 3, 384 // groups, 384),
        (3, 3, 384 // groups, 256),
        (3, 3, 256, 256),
        (9216, 4096),
        (4096, 4096),
        (4096, classes),
    ]
