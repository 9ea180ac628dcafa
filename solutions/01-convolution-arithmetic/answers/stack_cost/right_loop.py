# Adds up layer by layer.
def stack_cost(kernels, channels, height, width, bias=True):
    parameters = 0
    multiplications = 0
    for f in kernels:
        filter_weights = f * f * channels
        parameters += filter_weights * channels
        if bias:
            parameters += channels
        multiplications += filter_weights * (height * width * channels)
    return parameters, multiplications
