# Uses the other common form of the formula: the number of places, divided and rounded up.
import math


def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    def one(n, f, p, s, d):
        places = n + 2 * p - d * (f - 1)
        if places < 1:
            raise ValueError("The kernel does not fit.")
        return math.ceil(places / s)

    return tuple(map(one, pair(size), pair(kernel), pair(padding), pair(stride), pair(dilation)))
