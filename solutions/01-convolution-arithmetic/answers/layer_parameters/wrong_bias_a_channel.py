# Adds one bias a channel of each filter: with one channel it does not show.
# Loses: test_layer_parameters
# Told: one bias per channel
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    return (f_h * f_w + 1) * channels * filters, (height * width * channels + 1) * height * width * filters
