# Ignores the stride.
# Loses: test_conv2d
# Told: stride is ignored
def conv2d(image, kernels, stride=1, padding=0):
    p_h, p_w = pair(padding)
    x = np.pad(image, ((p_h, p_h), (p_w, p_w), (0, 0)))
    f_h, f_w = kernels.shape[:2]
    windows = np.lib.stride_tricks.sliding_window_view(x, (f_h, f_w), axis=(0, 1))
    return np.einsum("ijcab,abck->ijk", windows, kernels)
