# Height and width of the stride are swapped.
# Loses: test_conv2d
# Told: should have shape
def conv2d(image, kernels, stride=1, padding=0):
    (ph, pw), (sw, sh) = pair(padding), pair(stride)
    padded = np.pad(image.astype(float), ((ph, ph), (pw, pw), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernels.shape[:2], axis=(0, 1))[::sh, ::sw]
    return np.einsum("hwcij,ijcf->hwf", windows, kernels.astype(float))
