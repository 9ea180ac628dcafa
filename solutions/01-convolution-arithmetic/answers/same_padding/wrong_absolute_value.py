# Makes a negative number of zeros positive.
# Loses: test_same_padding
# Told: expected (0, 0), got (0, 1)
def same_padding(size, kernel, stride=1):
    total = abs((-(-size // stride) - 1) * stride + kernel - size)
    return total // 2, total - total // 2
