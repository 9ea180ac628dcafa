# Answers only square inputs: computes the height and returns it twice.
# Loses: test_output_shape
# Told: height is used for the width
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    n, f, p, s, d = (pair(value)[0] for value in (size, kernel, padding, stride, dilation))
    room = n + 2 * p - d * (f - 1) - 1
    if room < 0:
        raise ValueError("The kernel is too large.")
    return room // s + 1, room // s + 1
