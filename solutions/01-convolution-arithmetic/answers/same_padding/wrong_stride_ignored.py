# Computes the zeros for stride 1 and ignores the stride.
def same_padding(size, kernel, stride=1):
    total = kernel - 1
    return total // 2, total - total // 2
