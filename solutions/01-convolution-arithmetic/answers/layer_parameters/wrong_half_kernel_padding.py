# Computes the output with half a kernel of padding, one too large for even kernels.
# Loses: test_layer_parameters
# Told: expected 15150, got 18180
def layer_parameters(height, width, channels, filters, kernel=3):
    kh, kw = pair(kernel)
    oh, ow = output_shape((height, width), (kh, kw), padding=(kh // 2, kw // 2))
    return (kh * kw * channels + 1) * filters, (height * width * channels + 1) * oh * ow * filters
