# Counts 3 times 3 weights a channel, whatever the kernel.
# Loses: test_layer_parameters
# Told: the kernel's width is ignored
def layer_parameters(height, width, channels, filters, kernel=3):
    return (9 * channels + 1) * filters, (height * width * channels + 1) * height * width * filters
