# Gives the dense layer as many outputs as inputs.
# Loses: test_layer_parameters
# Told: height × width × filters outputs
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    n = height * width * channels
    return (f_h * f_w * channels + 1) * filters, (n + 1) * n
