# 2 C weights a place in place of C C, the same only for C = 2.
# Loses: test_stack_cost
# Told: each filter reads all channels: square their number
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(f * f for f in kernels) * channels * 2
    return weights + (len(kernels) * channels if bias else 0), weights * height * width
