# Compares the undilated kernel with the input, so a dilated kernel that is too large gives 0 or less.
# Loses: test_output_shape
# Told: One number too many is enough
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    out = []
    for n, f, p, s, d in zip(pair(size), pair(kernel), pair(padding), pair(stride), pair(dilation)):
        if f > n + 2 * p:
            raise ValueError("kernel too large")
        out.append((n + 2 * p - d * (f - 1) - 1) // s + 1)
    return tuple(out)
