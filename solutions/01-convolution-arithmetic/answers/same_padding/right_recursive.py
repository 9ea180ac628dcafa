# Recursion on the size, since only the last window matters: whole strides may be taken off.
def same_padding(size, kernel, stride=1):
    if size > stride:
        return same_padding(size - (size - 1) // stride * stride, kernel, stride)
    match kernel - size:
        case missing if missing > 0:
            return (missing >> 1, missing - (missing >> 1))
        case _:
            return (0, 0)
