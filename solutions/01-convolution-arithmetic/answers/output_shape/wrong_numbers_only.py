# Answers only whole numbers, no pairs.
# Loses: test_output_shape
# Told: each argument may be a whole number or a pair
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    if room < 0:
        raise ValueError("The kernel is too large.")
    return room // stride + 1, room // stride + 1
