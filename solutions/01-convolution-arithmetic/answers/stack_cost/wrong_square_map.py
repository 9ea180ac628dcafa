# Answers only square maps: takes the height for the width.
# Loses: test_stack_cost
# Told: map's height is used for its width
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(f * f for f in kernels) * channels**2
    return weights + (len(kernels) * channels if bias else 0), weights * height**2
