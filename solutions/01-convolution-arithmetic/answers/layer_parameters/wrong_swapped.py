# Returns (dense, convolution).
# Loses: test_layer_parameters
# Told: swapped
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    return (height * width * channels + 1) * height * width * filters, (f_h * f_w * channels + 1) * filters
