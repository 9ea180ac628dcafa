# Counts f weights in a kernel of f times f.
# Loses: test_stack_cost
# Told: size is not squared
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(kernels) * channels**2
    return weights + (len(kernels) * channels if bias else 0), weights * height * width
