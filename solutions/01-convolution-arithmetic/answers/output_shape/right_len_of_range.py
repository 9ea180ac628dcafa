# Counts the starts as the length of a range; own helper, no use of pair; an if/elif for the error.
def _two(value):
    return tuple(value) if isinstance(value, (tuple, list, np.ndarray)) else (value, value)


def _count_starts(room, step):
    return len(range(0, room + 1, step))


def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    size, kernel, padding, stride, dilation = map(_two, (size, kernel, padding, stride, dilation))
    rooms = [size[axis] + 2 * padding[axis] - dilation[axis] * (kernel[axis] - 1) - 1 for axis in (0, 1)]
    if min(rooms) < 0:
        raise ValueError("The kernel does not fit into the padded input.")
    return _count_starts(rooms[0], stride[0]), _count_starts(rooms[1], stride[1])
