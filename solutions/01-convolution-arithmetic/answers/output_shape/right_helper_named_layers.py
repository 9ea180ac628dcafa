# A helper that is called layers, a name the notebook's next cell uses for its own list.
def layers(n, f, p, s, d):
    room = n + 2 * p - (d * (f - 1) + 1)
    if room < 0:
        raise ValueError("The kernel does not fit.")
    return room // s + 1


def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    return tuple(map(layers, pair(size), pair(kernel), pair(padding), pair(stride), pair(dilation)))
