# Divides with `/`, so the sizes are floats.
# Loses: test_output_shape
# Told: `//` divides and rounds down
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    sizes = []
    for n, f, p, s, d in zip(pair(size), pair(kernel), pair(padding), pair(stride), pair(dilation)):
        if d * (f - 1) + 1 > n + 2 * p:
            raise ValueError("The kernel is too large.")
        sizes.append((n + 2 * p - d * (f - 1) - 1) / s + 1)
    return tuple(sizes)
