# Rounds the number of outputs down.
# Loses: test_same_padding
# Told: outputs is rounded down
def same_padding(size, kernel, stride=1):
    total = max((size // stride - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2
