# Splits layer 3, too.
# Loses: test_alexnet_kernels
# Told: layer 3 is split
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    return [
        (11, 11, 3, 96),
        (5, 5, 96 // groups, 256),
        (3, 3, 256 // groups, 384),
        (3, 3, 384 // groups, 384),
        (3, 3, 384 // groups, 256),
        (9216, 4096),
        (4096, 4096),
        (4096, classes),
    ]
