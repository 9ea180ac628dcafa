# Counts the biases among the multiplications.
# Loses: test_stack_cost
# Told: adding a bias is not a multiplication
def stack_cost(kernels, channels, height, width, bias=True):
    parameters = sum(f * f * channels * channels + (channels if bias else 0) for f in kernels)
    return parameters, parameters * height * width
