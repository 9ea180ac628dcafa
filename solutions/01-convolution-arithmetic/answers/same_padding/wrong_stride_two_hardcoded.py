# Knows the strides 1 and 2 only.
# Loses: test_same_padding
# Told: expected (0, 0), got (0, 1)
def same_padding(size, kernel, stride=1):
    outputs = size if stride == 1 else (size + 1) // 2
    total = max((outputs - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2
