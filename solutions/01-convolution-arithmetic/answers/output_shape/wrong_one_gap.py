# Adds one gap to the kernel however many numbers it has: f + d - 1 for the reach.
# Loses: test_output_shape
# Told: not only one gap
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    sizes = []
    for n, f, p, s, d in zip(pair(size), pair(kernel), pair(padding), pair(stride), pair(dilation)):
        room = n + 2 * p - (f + d - 1)
        if room < 0:
            raise ValueError("The kernel is too large.")
        sizes.append(room // s + 1)
    return tuple(sizes)
