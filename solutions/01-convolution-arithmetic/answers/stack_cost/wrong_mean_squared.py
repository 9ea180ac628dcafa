# Squares the mean kernel, right only for equal ones.
# Loses: test_stack_cost
# Told: expected 572, got 444
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(kernels) ** 2 // len(kernels) * channels**2
    return weights + (len(kernels) * channels if bias else 0), weights * height * width
