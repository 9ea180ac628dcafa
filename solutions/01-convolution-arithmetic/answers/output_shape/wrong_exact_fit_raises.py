# Passes the visible checks: takes a kernel as large as the input for too large.
# Loses: test_output_shape
# Told: But the kernel fits there
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    sizes = []
    for n, f, p, s, d in zip(pair(size), pair(kernel), pair(padding), pair(stride), pair(dilation)):
        room = n + 2 * p - d * (f - 1) - 1
        if room <= 0:
            raise ValueError("The kernel is too large.")
        sizes.append(room // s + 1)
    return tuple(sizes)
