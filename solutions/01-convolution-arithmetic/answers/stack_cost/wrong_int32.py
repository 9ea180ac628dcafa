# Int32 overflows for feature maps as in VGG.
# Loses: test_stack_cost
# Told: expected 355140108288, got -1342177280
def stack_cost(kernels, channels, height, width, bias=True):
    with np.errstate(over="ignore"):
        weights = np.sum(np.array(kernels, "int32") ** 2, dtype="int32") * np.int32(channels) * np.int32(channels)
        multiplications = weights * np.int32(height) * np.int32(width)
    return int(weights) + (len(kernels) * channels if bias else 0), int(multiplications)
