# Adds the biases once instead of for each layer.
# Loses: test_stack_cost
# Told: each layer has its own
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(f * f for f in kernels) * channels**2
    return weights + (channels if bias else 0), weights * height * width
