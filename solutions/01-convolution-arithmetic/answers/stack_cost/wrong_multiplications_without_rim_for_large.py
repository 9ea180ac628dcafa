# Kernels larger than the map are cut to it, so products with zeros are left out.
# Loses: test_stack_cost
# Told: expected 49896, got 38016
def stack_cost(kernels, channels, height, width, bias=True):
    parameters = sum(f * f for f in kernels) * channels**2 + (len(kernels) * channels if bias else 0)
    places = sum(min(f, height) * min(f, width) for f in kernels)
    return parameters, places * channels**2 * height * width
