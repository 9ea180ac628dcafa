# Puts the units before the inputs in the dense layers.
# Loses: test_alexnet_kernels
# Told: the two numbers are swapped
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    return [
        (11, 11, 3, 96),
        (5, 5, 96 // groups, 256),
        (3, 3, 256, 384),
        (3, 3, 384 // groups, 384),
        (3, 3, 384 // groups, 256),
        (4096, 9216),
        (4096, 4096),
        (classes, 4096),
    ]
