# Forgets that each filter reads all channels.
# Loses: test_stack_cost
# Told: each filter reads all channels
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(f * f for f in kernels) * channels
    return weights + (len(kernels) * channels if bias else 0), weights * height * width
