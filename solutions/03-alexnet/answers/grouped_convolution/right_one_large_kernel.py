# One ordinary convolution whose kernel is zero between the groups.
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    height, width, seen, outputs = kernel.shape
    large = np.zeros((height, width, seen * groups, outputs), "float32")
    each = outputs // groups
    for group in range(groups):
        mine = slice(group * each, (group + 1) * each)
        large[:, :, group * seen : (group + 1) * seen, mine] = np.asarray(kernel)[..., mine]
    return tf.nn.conv2d(images, large, stride, padding)
