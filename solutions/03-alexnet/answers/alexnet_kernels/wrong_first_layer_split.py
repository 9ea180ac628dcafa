# Divides the three colours of layer 1 by the groups.
# Loses: test_alexnet_kernels
# Told: the layer is split; its kernels should see all groups
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    return [
        (11, 11, max(1, 3 // groups), 96),
        (5, 5, 96 // groups, 256),
        (3, 3, 256, 384),
        (3, 3, 384 // groups, 384),
        (3, 3, 384 // groups, 256),
        (9216, 4096),
        (4096, 4096),
        (4096, classes),
    ]
