# Raises only if the kernel is too large in height AND width.
# Loses: test_output_shape
# Told: and so is one dimension
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    out = []
    for n, f, p, s, d in zip(pair(size), pair(kernel), pair(padding), pair(stride), pair(dilation)):
        out.append((n + 2 * p - d * (f - 1) - 1) // s + 1)
    if max(out) < 1:
        raise ValueError("kernel too large")
    return tuple(out)
