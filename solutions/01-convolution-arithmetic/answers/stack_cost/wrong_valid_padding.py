# Lets the map shrink by the kernel, as without padding.
# Loses: test_stack_cost
# Told: as large as the input
def stack_cost(kernels, channels, height, width, bias=True):
    parameters = multiplications = 0
    for f in kernels:
        height, width = height - f + 1, width - f + 1
        parameters += f * f * channels**2 + (channels if bias else 0)
        multiplications += f * f * channels**2 * height * width
    return parameters, multiplications
