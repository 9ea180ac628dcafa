# The dense layer's inputs are shrunk by a kernel larger than 3.
# Loses: test_layer_parameters
# Told: expected 6960, got 3480
def layer_parameters(height, width, channels, filters, kernel=3):
    kh, kw = pair(kernel)
    lost = max(max(kh, kw) - 3, 0)
    oh, ow = height - lost, width - lost
    return (kh * kw * channels + 1) * filters, (height * width * channels + 1) * oh * ow * filters
