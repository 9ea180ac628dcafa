# (1, 1), or (0, 1) where the size is even or the kernel is.
# Loses: test_same_padding
# Told: expected (0, 0), got (0, 1)
def same_padding(size, kernel, stride=1):
    return (0, 1) if size % 2 == 0 or kernel % 2 == 0 else (1, 1)
