# Puts all zeros after the input.
# Loses: test_same_padding
# Told: all zeros are added on one side
def same_padding(size, kernel, stride=1):
    return 0, max((-(-size // stride) - 1) * stride + kernel - size, 0)
