# Kernels of 1 and 3 keep the map, larger ones shrink it by f - 3.
# Loses: test_stack_cost
# Told: expected 31752, got 8820
def stack_cost(kernels, channels, height, width, bias=True):
    parameters = multiplications = 0
    for f in kernels:
        height, width = height - max(f - 3, 0), width - max(f - 3, 0)
        parameters += f * f * channels**2 + (channels if bias else 0)
        multiplications += f * f * channels**2 * height * width
    return parameters, multiplications
