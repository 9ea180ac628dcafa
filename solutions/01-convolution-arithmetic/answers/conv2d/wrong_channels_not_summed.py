# Sums over rows and columns only and keeps one output a channel.
# Loses: test_conv2d
# Told: one output per channel
def conv2d(image, kernels, stride=1, padding=0):
    (p_h, p_w), (s_h, s_w) = pair(padding), pair(stride)
    x = np.pad(image, ((p_h, p_h), (p_w, p_w), (0, 0)))
    height, width = output_shape(image.shape[:2], kernels.shape[:2], padding, stride)
    f_h, f_w = kernels.shape[:2]
    out = np.zeros((height, width, image.shape[2]))
    for i in range(height):
        for j in range(width):
            window = x[i * s_h : i * s_h + f_h, j * s_w : j * s_w + f_w]
            out[i, j] = np.sum(window * kernels[..., 0], axis=(0, 1))
    return out
