# 1000 classes unless there are ten.
# Loses: test_alexnet_kernels
# Told: `classes` is not used
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    return [
        (11, 11, 3, 96),
        (5, 5, 96 // groups, 256),
        (3, 3, 256, 384),
        (3, 3, 384 // groups, 384),
        (3, 3, 384 // groups, 256),
        (9216, 4096),
        (4096, 4096),
        (4096, 10 if classes == 10 else 1000),
    ]
