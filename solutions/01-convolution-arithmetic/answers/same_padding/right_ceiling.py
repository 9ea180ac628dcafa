# Rounds up with math.ceil and names every step.
import math


def same_padding(size, kernel, stride=1):
    n_out = math.ceil(size / stride)
    needed = (n_out - 1) * stride + kernel
    total = max(needed - size, 0)
    before = total // 2
    return before, total - before
