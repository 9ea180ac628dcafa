# In a stack of different kernel sizes each bias counts as a multiplication at every place.
# Loses: test_stack_cost
# Told: adding a bias is not a multiplication
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(f * f for f in kernels) * channels**2
    biases = len(kernels) * channels if bias else 0
    extra = height * width * biases if len(set(kernels)) > 1 else 0
    return weights + biases, weights * height * width + extra
