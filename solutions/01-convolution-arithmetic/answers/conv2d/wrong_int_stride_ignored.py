# A stride that is one whole number is taken as 1.
# Loses: test_conv2d
# Told: should have shape (4, 4, 2), but has shape (11, 11, 2)
def conv2d(image, kernels, stride=1, padding=0):
    ph, pw = pair(padding)
    sh, sw = stride if isinstance(stride, tuple) else (1, 1)
    padded = np.pad(image.astype(float), ((ph, ph), (pw, pw), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernels.shape[:2], axis=(0, 1))[::sh, ::sw]
    return np.einsum("hwcij,ijcf->hwf", windows, kernels.astype(float))
