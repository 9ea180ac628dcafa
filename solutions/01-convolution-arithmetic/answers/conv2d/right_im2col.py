# Im2col with index arrays and one matrix product.
def conv2d(image, kernels, stride=1, padding=0):
    ph, pw = pair(padding)
    sh, sw = pair(stride)
    kh, kw, channels, count = kernels.shape
    padded = np.pad(image, ((ph, ph), (pw, pw), (0, 0)), mode="constant").astype(np.float64)
    shape = output_shape(image.shape[:2], kernels.shape[:2], padding, stride)
    rows = (np.arange(shape[0]) * sh)[:, None] + np.arange(kh)
    columns = (np.arange(shape[1]) * sw)[:, None] + np.arange(kw)
    patches = padded[rows[:, None, :, None], columns[None, :, None, :]]      # oh, ow, kh, kw, channels
    expected = patches.reshape(shape[0] * shape[1], -1) @ kernels.reshape(-1, count).astype(np.float64)
    return expected.reshape(*shape, count)
