# Uses the answer to task 5 for the parameters and takes the biases away again.
def stack_cost(kernels, channels, height, width, bias=True):
    with_bias = [layer_parameters(1, 1, channels, channels, f)[0] for f in kernels]
    without = [number - channels for number in with_bias]
    return sum(with_bias if bias else without), sum(w * height * width for w in without)
