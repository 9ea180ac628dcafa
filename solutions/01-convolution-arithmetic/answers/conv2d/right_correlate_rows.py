# Np.correlate row by row, as the notebook does in task 2; helper cell of the student's own before.
def correlate_row(row, weights):
    return np.correlate(row, weights, "valid")
# %%
def conv2d(image, kernels, stride=1, padding=0):
    (p, q), (s, t) = pair(padding), pair(stride)
    kh, kw, channels, filters = kernels.shape
    shape = output_shape(image.shape[:2], (kh, kw), (p, q), (s, t))
    img = np.pad(image * 1.0, ((p, p), (q, q), (0, 0)))
    out = np.zeros(shape + (filters,))
    for f in range(filters):
        for c in range(channels):
            for y in range(shape[0]):
                for i in range(kh):
                    out[y, :, f] += correlate_row(img[y * s + i, :, c], kernels[i, :, c, f] * 1.0)[::t]
    return out
