# Adds the kernels up before it squares them.
# Loses: test_stack_cost
# Told: kernel sizes are added first
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(kernels) ** 2 * channels**2
    return weights + (len(kernels) * channels if bias else 0), weights * height * width
