# Round(size / stride) in place of rounding up, right for 7 / 2 only by chance.
# Loses: test_same_padding
# Told: expected (0, 1), got (0, 0)
def same_padding(size, kernel, stride=1):
    outputs = round(size / stride)
    total = max((outputs - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2
