# Always counts the biases.
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(f * f for f in kernels) * channels * channels
    return weights + len(kernels) * channels, weights * height * width
