# Computes in floats.
# Loses: test_layer_parameters
# Told: whole number
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = np.array(pair(kernel), dtype="float64")
    return (f_h * f_w * channels + 1) * filters, (height * width * channels + 1.0) * height * width * filters
