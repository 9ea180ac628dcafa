# Forgets that a filter has weights for each channel: with one channel it does not show.
# Loses: test_layer_parameters
# Told: weights for each channel
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    return (f_h * f_w + 1) * filters, (height * width * channels + 1) * height * width * filters
