# Takes the mean of the squared kernels and multiplies it by the number of layers, in floats.
# Loses: test_stack_cost
# Told: `//` divides and rounds down
def stack_cost(kernels, channels, height, width, bias=True):
    mean = sum(f * f for f in kernels) / max(len(kernels), 1)
    weights = mean * len(kernels) * channels**2
    return weights + (len(kernels) * channels if bias else 0), weights * height * width
