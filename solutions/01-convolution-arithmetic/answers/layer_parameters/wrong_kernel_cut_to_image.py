# Cuts the kernel to the image, a 5x5 kernel on 4x4 pixels counts as 4x4.
# Loses: test_layer_parameters
# Told: expected 226, got 86
def layer_parameters(height, width, channels, filters, kernel=3):
    kh, kw = pair(kernel)
    kh, kw = min(kh, height), min(kw, width)
    return (kh * kw * channels + 1) * filters, (height * width * channels + 1) * height * width * filters
