# Adds one output also where the stride divides the size, for strides above 2.
# Loses: test_same_padding
# Told: expected (0, 0), got (0, 1)
def same_padding(size, kernel, stride=1):
    outputs = size // stride + 1 if stride > 2 else -(-size // stride)
    total = max((outputs - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2
