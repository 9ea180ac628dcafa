# Squares the kernels in the list that it was given.
# Loses: test_stack_cost
# Told: changed the list
def stack_cost(kernels, channels, height, width, bias=True):
    for place, kernel in enumerate(kernels):
        kernels[place] = kernel**2
    weights = sum(kernels) * channels**2
    return weights + (len(kernels) * channels if bias else 0), weights * height * width
