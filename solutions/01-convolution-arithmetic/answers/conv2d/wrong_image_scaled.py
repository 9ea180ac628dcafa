# Images in bytes (uint8) are divided by 255 first.
# Loses: test_conv2d
# Told: Compute this one number by hand: its window times its filter, summed
def conv2d(image, kernels, stride=1, padding=0):
    (ph, pw), (sh, sw) = pair(padding), pair(stride)
    image = image / 255 if image.dtype == np.uint8 else image
    padded = np.pad(image, ((ph, ph), (pw, pw), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded.astype(float), kernels.shape[:2], axis=(0, 1))[::sh, ::sw]
    return np.einsum("hwcij,ijcf->hwf", windows, kernels.astype(float))
