# No loop: sliding_window_view and einsum, floats from the start.
def conv2d(image, kernels, stride=1, padding=0):
    p, s = pair(padding), pair(stride)
    floats = np.pad(np.asarray(image, float), [(p[0],) * 2, (p[1],) * 2, (0, 0)])
    windows = np.lib.stride_tricks.sliding_window_view(floats, kernels.shape[:2], axis=(0, 1))
    return np.einsum("hwcij,ijcf->hwf", windows[:: s[0], :: s[1]], np.asarray(kernels, float))
