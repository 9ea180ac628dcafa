# Mixes up the kernel's rows and columns.
# Loses: test_conv2d
# Told: rows and columns of the kernel are swapped
def conv2d(image, kernels, stride=1, padding=0):
    (p_h, p_w), (s_h, s_w) = pair(padding), pair(stride)
    x = np.pad(image, ((p_h, p_h), (p_w, p_w), (0, 0)))
    turned = kernels.transpose(1, 0, 2, 3)
    windows = np.lib.stride_tricks.sliding_window_view(x, turned.shape[:2], axis=(0, 1))[::s_h, ::s_w]
    return np.einsum("ijcab,abck->ijk", windows, turned)
