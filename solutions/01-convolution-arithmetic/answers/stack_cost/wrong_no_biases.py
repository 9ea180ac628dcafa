# Never counts the biases.
# Loses: test_stack_cost
# Told: biases are missing
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(f * f for f in kernels) * channels**2
    return weights, weights * height * width
