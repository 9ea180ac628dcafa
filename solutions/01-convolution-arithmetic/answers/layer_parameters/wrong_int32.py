# Computes in int32, which overflows for a large dense layer.
# Loses: test_layer_parameters
# Told: whole numbers of 32 bits end at 2
def layer_parameters(height, width, channels, filters, kernel=3):
    kh, kw = pair(kernel)
    inputs = np.prod(np.array([height, width, channels], "int32"), dtype="int32")
    outputs = np.prod(np.array([height, width, filters], "int32"), dtype="int32")
    with np.errstate(over="ignore"):
        dense = (inputs + np.int32(1)) * outputs
    return (kh * kw * channels + 1) * filters, int(dense)
