# (0, 0) whenever the stride is larger than the kernel, but (5, 3, 4) needs 2.
# Loses: test_same_padding
# Told: expected (0, 1), got (0, 0)
def same_padding(size, kernel, stride=1):
    if stride > kernel:
        return (0, 0)
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2
