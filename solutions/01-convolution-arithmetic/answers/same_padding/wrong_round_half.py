# Rounds by adding 0.5, which is up only for stride 1 and 2.
# Loses: test_same_padding
# Told: expected (0, 1), got (0, 0)
def same_padding(size, kernel, stride=1):
    outputs = int(size / stride + 0.5)
    total = max((outputs - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2
