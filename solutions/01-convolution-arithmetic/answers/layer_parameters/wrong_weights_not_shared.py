# Counts the convolution's weights again at every place.
# Loses: test_layer_parameters
# Told: counted at every position
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    conv = (f_h * f_w * channels + 1) * filters * height * width
    return conv, (height * width * channels + 1) * height * width * filters
