# Plain loops and Python floats, no vector arithmetic; padding by asking whether a place lies inside.
def conv2d(image, kernels, stride=1, padding=0):
    height, width, channels = image.shape
    kh, kw, same_channels, filters = kernels.shape
    if channels != same_channels:
        raise ValueError(f"the image has {channels} channels, the kernels {same_channels}")
    (top, left), (down, right) = pair(padding), pair(stride)
    oh, ow = output_shape((height, width), (kh, kw), (top, left), (down, right))
    result = np.empty((oh, ow, filters), dtype=float)
    for y in range(oh):
        for x in range(ow):
            for f in range(filters):
                sum_ = 0.0
                for i in range(kh):
                    for j in range(kw):
                        r, c = y * down + i - top, x * right + j - left
                        if 0 <= r < height and 0 <= c < width:
                            for ch in range(channels):
                                sum_ += float(image[r, c, ch]) * float(kernels[i, j, ch, f])
                result[y, x, f] = sum_
    return result
