# Clips only the first side, the second becomes negative.
# Loses: test_same_padding
# Told: Where the last window ends before the row does, no zero is missing, neither before nor aft
def same_padding(size, kernel, stride=1):
    total = (-(-size // stride) - 1) * stride + kernel - size
    before = max(total // 2, 0)
    return before, total - before
