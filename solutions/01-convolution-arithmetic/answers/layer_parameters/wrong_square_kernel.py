# Squares the kernel's height and forgets its width.
# Loses: test_layer_parameters
# Told: the kernel's width is ignored
def layer_parameters(height, width, channels, filters, kernel=3):
    f = pair(kernel)[0]
    return (f * f * channels + 1) * filters, (height * width * channels + 1) * height * width * filters
