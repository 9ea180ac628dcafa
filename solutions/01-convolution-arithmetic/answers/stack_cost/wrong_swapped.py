# Returns (multiplications, parameters).
# Loses: test_stack_cost
# Told: swapped
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(f * f for f in kernels) * channels**2
    return weights * height * width, weights + (len(kernels) * channels if bias else 0)
