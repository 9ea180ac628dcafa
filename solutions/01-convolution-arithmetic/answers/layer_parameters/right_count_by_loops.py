# Adds up filter by filter, and pixel by pixel for the dense layer.
def layer_parameters(height, width, channels, filters, kernel=3):
    kh, kw = pair(kernel)
    count = 0
    for _ in range(filters):
        count += kh * kw * channels  # weights
        count += 1  # bias
    expected = 0
    for _ in range(height):
        expected += width * filters * (height * width * channels + 1)
    return (count, expected)
