# Adds zeros one at a time, after and before in turn, until the last window fits.
def same_padding(size, kernel, stride=1):
    outputs = len(range(0, size, stride))
    zeros = [0, 0]
    while sum(zeros) + size < stride * (outputs - 1) + kernel:
        zeros[1 if zeros[0] == zeros[1] else 0] += 1
    return tuple(zeros)
