# The maximum of rows, then of columns, with a helper in an added cell; winners as 0 and 1 in a tensor.
def starts(size, window, stride):
    """Where windows begin along one axis."""
    return np.arange((size - window) // np.int64(stride) + 1) * stride
# %%
def overlapping_pool(maps: np.ndarray, window: int, stride: int) -> tuple[np.ndarray, tf.Tensor]:
    tops, lefts = starts(maps.shape[1], window, stride), starts(maps.shape[2], window, stride)
    tall = np.maximum.reduce([maps[:, tops + down] for down in range(window)])
    pooled = np.maximum.reduce([tall[:, :, lefts + right] for right in range(window)])
    counts = np.zeros(maps.shape, "int32")
    for row, top in enumerate(tops):
        for column, left in enumerate(lefts):
            patch = maps[:, top : top + window, left : left + window]
            counts[:, top : top + window, left : left + window] += patch >= pooled[:, row, column][:, np.newaxis, np.newaxis]
    return tf.constant(pooled), tf.constant(counts > 0)
