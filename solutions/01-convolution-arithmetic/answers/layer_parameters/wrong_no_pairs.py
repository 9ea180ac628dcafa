# Squares the kernel, which may be a pair.
# Loses: test_layer_parameters
# Told: 'tuple'
def layer_parameters(height, width, channels, filters, kernel=3):
    return (kernel**2 * channels + 1) * filters, (height * width * channels + 1) * height * width * filters
