# Two biases a layer whatever the channels.
# Loses: test_stack_cost
# Told: expected 444, got 443
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(f * f for f in kernels) * channels**2
    return weights + (len(kernels) * 2 if bias else 0), weights * height * width
