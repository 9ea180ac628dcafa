# Takes d f for the reach of a dilated kernel.
# Loses: test_output_shape
# Told: spans d (f - 1) + 1 numbers
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    sizes = []
    for n, f, p, s, d in zip(pair(size), pair(kernel), pair(padding), pair(stride), pair(dilation)):
        if d * f > n + 2 * p:
            raise ValueError("The kernel is too large.")
        sizes.append((n + 2 * p - d * f) // s + 1)
    return tuple(sizes)
