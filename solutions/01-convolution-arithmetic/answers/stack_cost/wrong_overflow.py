# Passes the visible checks: 32-bit integers overflow for a large map.
# Loses: test_stack_cost
# Told: 32 bits
def stack_cost(kernels, channels, height, width, bias=True):
    weights = np.sum(np.array(kernels, dtype="int32") ** 2, dtype="int32") * np.int32(channels) ** 2
    with np.errstate(over="ignore"):
        multiplications = np.int32(weights) * np.int32(height * width)
    return weights + (len(kernels) * channels if bias else 0), multiplications
