# Adds up three channels at most (red, green, blue).
# Loses: test_conv2d
# Told: Compute this one number by hand: its window times its filter, summed
def conv2d(image, kernels, stride=1, padding=0):
    (ph, pw), (sh, sw) = pair(padding), pair(stride)
    padded = np.pad(image.astype(float), ((ph, ph), (pw, pw), (0, 0)))
    kh, kw, channels, filters = kernels.shape
    oh, ow = output_shape(image.shape[:2], (kh, kw), padding, stride)
    out = np.zeros((oh, ow, filters))
    for y in range(oh):
        for x in range(ow):
            for channel in range(min(3, channels)):
                window = padded[y * sh : y * sh + kh, x * sw : x * sw + kw, channel]
                out[y, x] += np.sum(window[:, :, None] * kernels[:, :, channel], axis=(0, 1))
    return out
