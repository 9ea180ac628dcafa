# Computes the zeros for stride 1 and ignores the stride.
# Loses: test_same_padding
# Told: padding for stride 1
def same_padding(size, kernel, stride=1):
    total = kernel - 1
    return total // 2, total - total // 2
