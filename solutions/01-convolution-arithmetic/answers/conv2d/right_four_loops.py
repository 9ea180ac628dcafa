# Loops over filters, rows and columns and sums the products of each window.
def conv2d(image, kernels, stride=1, padding=0):
    (p_h, p_w), (s_h, s_w) = pair(padding), pair(stride)
    f_h, f_w, _, n_filters = kernels.shape
    x = np.pad(image.astype(float), [(p_h, p_h), (p_w, p_w), (0, 0)])
    n_h = (x.shape[0] - f_h) // s_h + 1
    n_w = (x.shape[1] - f_w) // s_w + 1
    out = np.empty((n_h, n_w, n_filters))
    for k in range(n_filters):
        for i in range(n_h):
            for j in range(n_w):
                out[i, j, k] = np.sum(x[i * s_h:i * s_h + f_h, j * s_w:j * s_w + f_w] * kernels[..., k])
    return out
