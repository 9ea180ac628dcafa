# Makes the output smaller by the stride, but moves the window one step at a time.
# Loses: test_conv2d
# Told: start one step apart
def conv2d(image, kernels, stride=1, padding=0):
    p_h, p_w = pair(padding)
    x = np.pad(image, ((p_h, p_h), (p_w, p_w), (0, 0)))
    height, width = output_shape(image.shape[:2], kernels.shape[:2], padding, stride)
    f_h, f_w = kernels.shape[:2]
    out = np.zeros((height, width, kernels.shape[3]))
    for i in range(height):
        for j in range(width):
            out[i, j] = np.tensordot(x[i : i + f_h, j : j + f_w], kernels, 3)
    return out
