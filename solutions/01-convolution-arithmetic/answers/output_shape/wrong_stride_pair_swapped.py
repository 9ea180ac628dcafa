# Height and width of the stride are swapped.
# Loses: test_output_shape
# Told: expected (6, 11), got (8, 8)
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    out = []
    for n, f, p, s, d in zip(pair(size), pair(kernel), pair(padding), reversed(pair(stride)), pair(dilation)):
        room = n + 2 * p - d * (f - 1) - 1
        if room < 0:
            raise ValueError("kernel too large")
        out.append(room // s + 1)
    return tuple(out)
