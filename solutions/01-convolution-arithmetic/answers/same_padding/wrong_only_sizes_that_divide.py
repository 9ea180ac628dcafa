# Knows only inputs whose size the stride divides: kernel minus stride.
# Loses: test_same_padding
# Told: is not a whole number
def same_padding(size, kernel, stride=1):
    total = max(kernel - stride, 0)
    return total // 2, total - total // 2
