# A kernel that is one whole number is taken as 3.
# Loses: test_layer_parameters
# Told: expected 76, got 28
def layer_parameters(height, width, channels, filters, kernel=3):
    kh, kw = kernel if isinstance(kernel, tuple) else (3, 3)
    pixels = height * width
    return (kh * kw * channels + 1) * filters, (pixels * channels + 1) * pixels * filters
