# Adds one bias a layer instead of one a filter.
# Loses: test_stack_cost
# Told: one bias is counted for all filters
def stack_cost(kernels, channels, height, width, bias=True):
    weights = sum(f * f for f in kernels) * channels**2
    return weights + (len(kernels) if bias else 0), weights * height * width
