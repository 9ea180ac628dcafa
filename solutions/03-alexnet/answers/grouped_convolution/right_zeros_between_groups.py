# One ordinary convolution whose kernel is zero outside of the groups; it gets all channels that its kernels see.
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    kernel = np.asarray(kernel)
    high, wide, seen, outputs = kernel.shape
    made = outputs // groups
    whole = np.zeros((high, wide, seen * groups, outputs), "float32")
    for g in range(groups):
        whole[:, :, g * seen : (g + 1) * seen, g * made : (g + 1) * made] = kernel[..., g * made : (g + 1) * made]
    return tf.nn.conv2d(images, whole, stride, padding)
