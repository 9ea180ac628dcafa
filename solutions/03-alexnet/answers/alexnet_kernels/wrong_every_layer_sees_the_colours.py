# Every convolution is given the three colours as its channels.
# Loses: test_alexnet_kernels
# Told: these are the channels of the photograph
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    return [
        (11, 11, 3, 96),
        (5, 5, 3, 256),
        (3, 3, 3, 384),
        (3, 3, 3, 384),
        (3, 3, 3, 256),
        (9216, 4096),
        (4096, 4096),
        (4096, classes),
    ]
