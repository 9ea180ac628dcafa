# Lets NumPy's sliding_window_view count the places; its ValueError is raised again with a message of one's own.
from numpy.lib.stride_tricks import sliding_window_view


def output_shape(size, kernel, padding=0, stride=1, dilation=1):
    (h, w), (kh, kw), (ph, pw), (sh, sw), (dh, dw) = [pair(x) for x in (size, kernel, padding, stride, dilation)]
    layers = np.broadcast_to(np.int8(0), (h + 2 * ph, w + 2 * pw))
    try:
        windows = sliding_window_view(layers, (dh * (kh - 1) + 1, dw * (kw - 1) + 1))
    except ValueError as problem:
        raise ValueError("There is no place for this kernel.") from problem
    return windows[::sh, ::sw].shape[:2]
