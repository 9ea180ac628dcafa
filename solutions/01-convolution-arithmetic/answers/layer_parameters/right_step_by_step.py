# Names every count and adds the biases at the end.
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    conv_weights = f_h * f_w * channels * filters
    conv_biases = filters
    n_in = height * width * channels
    n_out = height * width * filters
    return conv_weights + conv_biases, n_in * n_out + n_out
