# Never raises: a kernel that does not fit gives a size of 0 or less.
# Loses: test_output_shape
# Told: does not fit into an input
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    sizes = []
    for n, f, p, s, d in zip(pair(size), pair(kernel), pair(padding), pair(stride), pair(dilation)):
        sizes.append((n + 2 * p - d * (f - 1) - 1) // s + 1)
    return tuple(sizes)
