# Gives the dense layer one unit a filter instead of one an output number.
# Loses: test_layer_parameters
# Told: not only `filters`
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    return (f_h * f_w * channels + 1) * filters, (height * width * channels + 1) * filters
