# Returns the number of zeros in all instead of the two sides.
# Loses: test_same_padding
# Told: should be a tuple of 2
def same_padding(size, kernel, stride=1):
    return max((-(-size // stride) - 1) * stride + kernel - size, 0)
