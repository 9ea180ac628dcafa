# Answers only square inputs: takes the height for the width.
# Loses: test_layer_parameters
# Told: image's height is used for its width
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    return (f_h * f_w * channels + 1) * filters, (height**2 * channels + 1) * height**2 * filters
