# Squares all kernels at once in 64-bit integers and returns an array.
def stack_cost(kernels, channels, height, width, bias=True):
    weights = np.sum(np.array(kernels, dtype="int64") ** 2) * channels**2
    return np.array([weights + bias * len(kernels) * channels, weights * height * width])
