# Takes the image for (channels, height, width).
# Loses: test_conv2d
# Told: both are (rows, columns, channels)
def conv2d(image, kernels, stride=1, padding=0):
    (p_h, p_w), (s_h, s_w) = pair(padding), pair(stride)
    channels, height, width = image.shape
    x = np.pad(image, ((0, 0), (p_h, p_h), (p_w, p_w)))
    rows, columns = output_shape((height, width), kernels.shape[:2], padding, stride)
    out = np.zeros((rows, columns, kernels.shape[3]))
    for i in range(rows):
        for j in range(columns):
            window = x[:, i * s_h : i * s_h + kernels.shape[0], j * s_w : j * s_w + kernels.shape[1]]
            out[i, j] = np.tensordot(window.transpose(1, 2, 0), kernels, 3)
    return out
