# Forgets the biases.
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    return f_h * f_w * channels * filters, height * width * channels * height * width * filters
