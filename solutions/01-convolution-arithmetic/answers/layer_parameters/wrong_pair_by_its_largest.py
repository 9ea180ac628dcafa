# A pair counts by its larger side: right for 3x1, wrong for 3x5.
# Loses: test_layer_parameters
# Told: expected 93, got 33
def layer_parameters(height, width, channels, filters, kernel=3):
    area = kernel ** 2 if isinstance(kernel, int) else max(kernel)
    return (area * channels + 1) * filters, (height * width * channels + 1) * height * width * filters
