# Stops with an assertion instead of ValueError.
# Loses: test_output_shape
# Told: raised AssertionError
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    sizes = []
    for n, f, p, s, d in zip(pair(size), pair(kernel), pair(padding), pair(stride), pair(dilation)):
        room = n + 2 * p - d * (f - 1) - 1
        assert room >= 0, "The kernel is too large."
        sizes.append(room // s + 1)
    return tuple(sizes)
