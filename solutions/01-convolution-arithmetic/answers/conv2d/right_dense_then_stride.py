# Computes all places and keeps every s-th after that; np.sum with an axis; integers stay int64 where both are whole numbers.
def conv2d(image, kernels, stride=1, padding=0):
    ph, pw = pair(padding)
    sh, sw = pair(stride)
    kind = np.result_type(image.dtype, kernels.dtype, np.int64)
    padded = np.pad(image.astype(kind), ((ph, ph), (pw, pw), (0, 0)))
    weights = kernels.astype(kind)
    kh, kw = weights.shape[:2]
    oh, ow = output_shape(padded.shape[:2], (kh, kw))
    everywhere = np.array([
        [np.sum(padded[y : y + kh, x : x + kw, :, np.newaxis] * weights, axis=(0, 1, 2)) for x in range(ow)]
        for y in range(oh)
    ])
    return everywhere[::sh, ::sw]
