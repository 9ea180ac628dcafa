# Splits first and clips each side after that (a negative total gives two sides that are not positive).
def same_padding(size, kernel, stride=1):
    total = (size + stride - 1) // stride * stride - stride + kernel - size
    before, after = total // 2, total - total // 2
    return max(0, before), max(0, after)
