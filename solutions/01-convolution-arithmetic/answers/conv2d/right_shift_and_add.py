# Loops over the kernel's numbers instead of the image: shifts the image, weighs it, adds up.
def conv2d(image, kernels, stride=1, padding=0):
    p, s = pair(padding), pair(stride)
    rows, columns = output_shape(image.shape[:2], kernels.shape[:2], p, s)
    padded = np.pad(image, ((p[0], p[0]), (p[1], p[1]), (0, 0)))
    total = 0
    for i in range(kernels.shape[0]):
        for j in range(kernels.shape[1]):
            shifted = padded[i : i + s[0] * rows : s[0], j : j + s[1] * columns : s[1]][:rows, :columns]
            total = total + shifted @ kernels[i, j].astype(float)
    return total
