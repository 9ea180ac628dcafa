# Multiplies in the dtypes it is given: a uint8 photograph with uint8/int8 kernels overflows.
# Loses: test_conv2d
# Told: uint8 has no room for sums above 255
def conv2d(image, kernels, stride=1, padding=0):
    (ph, pw), (sh, sw) = pair(padding), pair(stride)
    padded = np.pad(image, ((ph, ph), (pw, pw), (0, 0)))
    kh, kw = kernels.shape[:2]
    oh, ow = output_shape(image.shape[:2], (kh, kw), padding, stride)
    return np.array([[np.tensordot(padded[y * sh : y * sh + kh, x * sw : x * sw + kw], kernels, 3) for x in range(ow)] for y in range(oh)])
