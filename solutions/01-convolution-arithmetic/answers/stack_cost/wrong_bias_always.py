# Always counts the biases.
# Loses: test_stack_cost
# Told: `bias` is ignored
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(f * f for f in kernels) * channels * channels
    return weights + len(kernels) * channels, weights * height * width
