# Layer 4 has 384 // groups kernels (example of layer 2: all kernels are counted).
# Loses: test_alexnet_kernels
# Told: divided by the groups where the layer is split
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    return [(11, 11, 3, 96), (5, 5, 96 // groups, 256), (3, 3, 256, 384), (3, 3, 384 // groups, 384 // groups),
            (3, 3, 384 // groups, 256), (9216, 4096), (4096, 4096), (4096, classes)]
