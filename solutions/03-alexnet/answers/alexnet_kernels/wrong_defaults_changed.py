# Right, but with ten classes by default.
# Loses: test_alexnet_kernels
# Told: the defaults should stay as they are given
def alexnet_kernels(groups: int = 1, classes: int = 10) -> list:
    return [
        (11, 11, 3, 96),
        (5, 5, 96 // groups, 256),
        (3, 3, 256, 384),
        (3, 3, 384 // groups, 384),
        (3, 3, 384 // groups, 256),
        (9216, 4096),
        (4096, 4096),
        (4096, classes),
    ]
