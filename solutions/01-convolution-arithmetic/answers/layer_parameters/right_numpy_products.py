# Multiplies shapes with np.prod in 64-bit integers and returns a list.
def layer_parameters(height, width, channels, filters, kernel=3):
    weights = np.prod((*pair(kernel), channels, filters), dtype="int64")
    inputs = np.prod((height, width, channels), dtype="int64")
    outputs = np.prod((height, width, filters), dtype="int64")
    return [weights + filters, (inputs + 1) * outputs]
