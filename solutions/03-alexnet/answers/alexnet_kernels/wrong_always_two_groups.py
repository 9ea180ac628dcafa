# Two groups, whatever was asked for.
# Loses: test_alexnet_kernels
# Told: always split into two groups
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    return [
        (11, 11, 3, 96),
        (5, 5, 48, 256),
        (3, 3, 256, 384),
        (3, 3, 192, 384),
        (3, 3, 192, 256),
        (9216, 4096),
        (4096, 4096),
        (4096, classes),
    ]
