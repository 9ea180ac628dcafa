# Reuses the student's layer_parameters and subtracts the biases where there are none.
def stack_cost(kernels, channels, height, width, bias=True):
    parameters = [layer_parameters(height, width, channels, channels, f)[0] for f in kernels]
    weights = sum(parameters) - channels * len(kernels)
    return (sum(parameters) if bias else weights), weights * height * width
