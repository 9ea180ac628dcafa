# Counts places without stride first, then keeps every s-th of them, rounded up in whole numbers (walrus).
def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    return tuple(
        -(-places // s)
        if (places := n + 2 * p - d * (f - 1)) >= 1
        else _refuse(n, f)
        for n, f, p, s, d in zip(pair(size), pair(kernel), pair(padding), pair(stride), pair(dilation), strict=True)
    )


def _refuse(n, f):
    raise ValueError(f"kernel {f} has no place in {n}")
