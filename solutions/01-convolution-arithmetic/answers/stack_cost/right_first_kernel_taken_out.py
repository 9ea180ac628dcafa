# Takes the first kernel out of the list: there is at least one layer.
def stack_cost(kernels, channels, height, width, bias=True):
    first, *others = kernels
    weights = (first**2 + sum(f**2 for f in others)) * channels**2
    return weights + (len(kernels) * channels if bias else 0), weights * height * width
