# Layer 5 is not split ("the layers 2, 4 and 5 are split").
# Loses: test_alexnet_kernels
# Told: the layer is not split
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    return [(11, 11, 3, 96), (5, 5, 96 // groups, 256), (3, 3, 256, 384), (3, 3, 384 // groups, 384),
            (3, 3, 384, 256), (9216, 4096), (4096, 4096), (4096, classes)]
