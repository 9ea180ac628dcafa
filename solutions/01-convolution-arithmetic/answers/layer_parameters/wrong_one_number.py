# Returns how many times as many parameters the dense layer has.
# Loses: test_layer_parameters
# Told: should be a tuple of 2
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    conv = (f_h * f_w * channels + 1) * filters
    return (height * width * channels + 1) * height * width * filters // conv
