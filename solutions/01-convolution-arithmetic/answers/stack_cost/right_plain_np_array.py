# The list as a NumPy array, as it comes.
def stack_cost(kernels, channels, height, width, bias=True):
    k = np.array(kernels)
    weights = np.sum(k ** 2) * channels ** 2
    parameters = weights + len(k) * channels if bias else weights
    return parameters, weights * height * width
