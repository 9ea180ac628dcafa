# Forgets the padding.
# Loses: test_conv2d
# Told: padding is ignored
def conv2d(image, kernels, stride=1, padding=0):
    s_h, s_w = pair(stride)
    f_h, f_w = kernels.shape[:2]
    windows = np.lib.stride_tricks.sliding_window_view(image, (f_h, f_w), axis=(0, 1))[::s_h, ::s_w]
    return np.einsum("ijcab,abck->ijk", windows, kernels)
