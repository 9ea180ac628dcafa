# Halves the zeros with `/`.
# Loses: test_same_padding
# Told: `/` always gives a float
def same_padding(size, kernel, stride=1):
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total / 2, total / 2
