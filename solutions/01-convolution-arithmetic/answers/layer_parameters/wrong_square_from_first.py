# One channel or a pair with 1 is handled, but of a pair the larger number counts twice when both are above 1.
# Loses: test_layer_parameters
# Told: expected 93, got 153
def layer_parameters(height, width, channels, filters, kernel=3):
    kh, kw = pair(kernel)
    area = kh * kw if min(kh, kw) == 1 else max(kh, kw) ** 2
    return (area * channels + 1) * filters, (height * width * channels + 1) * height * width * filters
