# Unrolls every window into a row of a matrix: one matrix product does the layer (im2col).
def windows_as_rows(padded, f_h, f_w, s_h, s_w, height, width):
    return np.array([
        padded[i * s_h : i * s_h + f_h, j * s_w : j * s_w + f_w].ravel()
        for i in range(height) for j in range(width)
    ], dtype="float64")


def conv2d(image, kernels, stride=1, padding=0):
    (p_h, p_w), (s_h, s_w) = pair(padding), pair(stride)
    f_h, f_w, channels, filters = kernels.shape
    padded = np.zeros((image.shape[0] + 2 * p_h, image.shape[1] + 2 * p_w, channels))
    padded[p_h : p_h + image.shape[0], p_w : p_w + image.shape[1]] = image
    height, width = output_shape(image.shape[:2], (f_h, f_w), padding, stride)
    matrix = windows_as_rows(padded, f_h, f_w, s_h, s_w, height, width)
    return (matrix @ kernels.reshape(-1, filters)).reshape(height, width, filters)
