# Averages the products instead of adding them up.
# Loses: test_conv2d
# Told: products are averaged
def conv2d(image, kernels, stride=1, padding=0):
    (p_h, p_w), (s_h, s_w) = pair(padding), pair(stride)
    x = np.pad(image, ((p_h, p_h), (p_w, p_w), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(x, kernels.shape[:2], axis=(0, 1))[::s_h, ::s_w]
    return np.mean(windows.transpose(0, 1, 3, 4, 2)[..., None] * kernels, axis=(2, 3, 4))
