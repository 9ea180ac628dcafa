# Takes every kernel for a square.
# Loses: test_conv2d
# Told: height of the kernel is used for its width
def conv2d(image, kernels, stride=1, padding=0):
    (p_h, p_w), (s_h, s_w), f = pair(padding), pair(stride), kernels.shape[0]
    x = np.pad(image, ((p_h, p_h), (p_w, p_w), (0, 0)))
    height = (x.shape[0] - f) // s_h + 1
    width = (x.shape[1] - f) // s_w + 1
    out = np.zeros((height, width, kernels.shape[3]))
    for i in range(height):
        for j in range(width):
            out[i, j] = np.tensordot(x[i * s_h : i * s_h + f, j * s_w : j * s_w + kernels.shape[1]], kernels, 3)
    return out
