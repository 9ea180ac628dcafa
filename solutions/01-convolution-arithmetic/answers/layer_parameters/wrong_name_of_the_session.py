# Uses a number that exists only in the student's session.
# Loses: test_layer_parameters
# Told: only in your session
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    return (f_h * f_w * channels + 1) * filters, (n_inputs + 1) * height * width * filters
