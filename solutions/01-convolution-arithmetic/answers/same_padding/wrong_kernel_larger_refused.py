# Raises for a kernel larger than the input, where `same` has an answer.
# Loses: test_same_padding
# Told: the kernel does not fit
def same_padding(size, kernel, stride=1):
    if kernel > size:
        raise ValueError("the kernel does not fit")
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2
