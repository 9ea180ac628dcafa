# Passes the visible checks: 32-bit integers overflow for a large image.
# Loses: test_layer_parameters
# Told: 32 bits
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    inputs = np.array([height * width * channels + 1], dtype="int32")
    outputs = np.array([height * width * filters], dtype="int32")
    return (f_h * f_w * channels + 1) * filters, (inputs * outputs)[0]
