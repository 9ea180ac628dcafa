# Puts the number of kernels before the channels, as other libraries do.
# Loses: test_alexnet_kernels
# Told: the last two numbers are swapped
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    return [
        (11, 11, 3, 96),
        (5, 5, 256, 96 // groups),
        (3, 3, 384, 256),
        (3, 3, 384 // groups, 384),
        (3, 3, 256, 384 // groups),
        (9216, 4096),
        (4096, 4096),
        (4096, classes),
    ]
