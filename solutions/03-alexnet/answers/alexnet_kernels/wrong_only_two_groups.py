# Two groups are the only case that splits ("into how many groups"); 4 groups give the whole network.
# Loses: test_alexnet_kernels
# Told: the layer is not split
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    two = groups == 2
    return [(11, 11, 3, 96), (5, 5, 48 if two else 96, 256), (3, 3, 256, 384), (3, 3, 192 if two else 384, 384),
            (3, 3, 192 if two else 384, 256), (9216, 4096), (4096, 4096), (4096, classes)]
