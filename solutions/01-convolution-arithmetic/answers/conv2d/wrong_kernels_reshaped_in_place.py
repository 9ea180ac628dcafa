# Gives the caller's kernels another shape.
# Loses: test_conv2d
# Told: Work on a copy: the caller still needs it
def conv2d(image, kernels, stride=1, padding=0):
    (ph, pw), (sh, sw) = pair(padding), pair(stride)
    kh, kw, channels, filters = kernels.shape
    oh, ow = output_shape(image.shape[:2], (kh, kw), padding, stride)
    padded = np.pad(image.astype(float), ((ph, ph), (pw, pw), (0, 0)))
    kernels.shape = (kh * kw * channels, filters)
    return np.array([[padded[y * sh : y * sh + kh, x * sw : x * sw + kw].reshape(-1) @ kernels for x in range(ow)] for y in range(oh)])
