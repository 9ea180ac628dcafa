# With an even kernel and a stride the odd zero goes before.
# Loses: test_same_padding
# Told: the extra zero goes after the input
def same_padding(size, kernel, stride=1):
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    before, after = total // 2, total - total // 2
    if kernel % 2 == 0 and stride > 1:
        before, after = after, before
    return before, after
