# Writes each channel's sum over the one before instead of adding it.
# Loses: test_conv2d
# Told: only the last channel
def conv2d(image, kernels, stride=1, padding=0):
    (p_h, p_w), (s_h, s_w) = pair(padding), pair(stride)
    x = np.pad(image, ((p_h, p_h), (p_w, p_w), (0, 0)))
    height, width = output_shape(image.shape[:2], kernels.shape[:2], padding, stride)
    f_h, f_w = kernels.shape[:2]
    out = np.zeros((height, width, kernels.shape[3]))
    for channel in range(image.shape[2]):
        for i in range(height):
            for j in range(width):
                window = x[i * s_h : i * s_h + f_h, j * s_w : j * s_w + f_w, channel]
                out[i, j] = np.tensordot(window, kernels[:, :, channel], 2)
    return out
