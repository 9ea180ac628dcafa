# Lets the output shrink by the kernel, as without padding.
# Loses: test_layer_parameters
# Told: as large as the input
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    outputs = (height - f_h + 1) * (width - f_w + 1) * filters
    return (f_h * f_w * channels + 1) * filters, (height * width * channels + 1) * outputs
