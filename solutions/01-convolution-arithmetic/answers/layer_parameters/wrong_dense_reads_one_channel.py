# Forgets that the dense layer reads all channels: with one channel it does not show.
# Loses: test_layer_parameters
# Told: each pixel has a number for each channel
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    return (f_h * f_w * channels + 1) * filters, (height * width + 1) * height * width * filters
