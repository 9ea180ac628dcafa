# Layer 1 sees one channel of the photograph (table: 227x227x3).
# Loses: test_alexnet_kernels
# Told: A kernel sees the channels of the layer before
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    return [(11, 11, 1, 96), (5, 5, 96 // groups, 256), (3, 3, 256, 384), (3, 3, 384 // groups, 384),
            (3, 3, 384 // groups, 256), (9216, 4096), (4096, 4096), (4096, classes)]
