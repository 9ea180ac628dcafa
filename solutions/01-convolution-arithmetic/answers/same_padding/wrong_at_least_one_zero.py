# A minimum of one zero in all, where none may be missing.
# Loses: test_same_padding
# Told: no zero is missing
def same_padding(size, kernel, stride=1):
    total = max((-(-size // stride) - 1) * stride + kernel - size, 1)
    return total // 2, total - total // 2
