# NumPy integers, from two columns of numbers.
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    kernels = np.array([96, 256, 384, 384, 256])
    sizes = np.array([11, 5, 3, 3, 3])
    seen = np.concatenate([[3], kernels[:-1]]) // np.where([False, True, False, True, True], groups, 1)
    convolutions = np.stack([sizes, sizes, seen, kernels], axis=1)
    return [*convolutions, np.array([9216, 4096]), np.array([4096, 4096]), np.array([4096, classes])]
