# Int() rounds towards 0, so with a large stride a kernel that is a little too large gives 1 instead of ValueError.
# Loses: test_output_shape
# Told: One number too many is enough
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    out = []
    for n, f, p, s, d in zip(pair(size), pair(kernel), pair(padding), pair(stride), pair(dilation)):
        out.append(int((n + 2 * p - d * (f - 1) - 1) / s) + 1)
    if min(out) <= 0:
        raise ValueError("kernel too large")
    return tuple(out)
