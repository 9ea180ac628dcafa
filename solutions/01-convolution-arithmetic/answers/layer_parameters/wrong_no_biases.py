# Forgets the biases.
# Loses: test_layer_parameters
# Told: biases are missing
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    return f_h * f_w * channels * filters, height * width * channels * height * width * filters
