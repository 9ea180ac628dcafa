# Puts all zeros below and to the right.
# Loses: test_conv2d
# Told: half of them belong before the image
def conv2d(image, kernels, stride=1, padding=0):
    (p_h, p_w), (s_h, s_w) = pair(padding), pair(stride)
    x = np.pad(image, ((0, 2 * p_h), (0, 2 * p_w), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(x, kernels.shape[:2], axis=(0, 1))[::s_h, ::s_w]
    return np.einsum("ijcab,abck->ijk", windows, kernels)
