# Any padding becomes half a kernel.
# Loses: test_conv2d
# Told: should have shape (5, 10, 3), but has shape (6, 10, 3)
def conv2d(image, kernels, stride=1, padding=0):
    sh, sw = pair(stride)
    kh, kw = kernels.shape[:2]
    ph, pw = (kh // 2, kw // 2) if any(pair(padding)) else (0, 0)
    padded = np.pad(image.astype(float), ((ph, ph), (pw, pw), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw), axis=(0, 1))[::sh, ::sw]
    return np.einsum("hwcij,ijcf->hwf", windows, kernels.astype(float))
