# Adds one bias a layer instead of one a filter or unit.
# Loses: test_layer_parameters
# Told: one bias is counted for all filters
def layer_parameters(height, width, channels, filters, kernel=3):
    f_h, f_w = pair(kernel)
    return f_h * f_w * channels * filters + 1, (height * width) ** 2 * channels * filters + 1
