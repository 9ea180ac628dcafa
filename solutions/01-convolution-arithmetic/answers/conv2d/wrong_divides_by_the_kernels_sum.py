# Divides by the sum of the kernel, as a blur does: the sum of an edge kernel is 0.
# Loses: test_conv2d
# Told: NaN or infinity
def conv2d(image, kernels, stride=1, padding=0):
    (p_h, p_w), (s_h, s_w) = pair(padding), pair(stride)
    x = np.pad(image, ((p_h, p_h), (p_w, p_w), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(x, kernels.shape[:2], axis=(0, 1))[::s_h, ::s_w]
    with np.errstate(all="ignore"):
        return np.einsum("ijcab,abck->ijk", windows, kernels) / kernels.sum(axis=(0, 1, 2))
