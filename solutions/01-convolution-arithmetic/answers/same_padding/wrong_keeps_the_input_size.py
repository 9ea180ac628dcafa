# Asks for as many outputs as inputs, also with a stride.
# Loses: test_same_padding
# Told: as many numbers as the input
def same_padding(size, kernel, stride=1):
    total = (size - 1) * stride + kernel - size
    return total // 2, total - total // 2
