# Counts the multiplications at one place only.
# Loses: test_stack_cost
# Told: only one position is counted
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(f * f for f in kernels) * channels**2
    return weights + (len(kernels) * channels if bias else 0), weights
