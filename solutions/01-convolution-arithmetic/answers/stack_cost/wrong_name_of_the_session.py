# Uses a number that exists only in the student's session.
# Loses: test_stack_cost
# Told: only in your session
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(f * f for f in kernels) * channels**2
    return weights + (n_layers * channels if bias else 0), weights * height * width
