# Returns the number of zeros in all instead of the two sides.
def same_padding(size, kernel, stride=1):
    return max((-(-size // stride) - 1) * stride + kernel - size, 0)
