# The groups as a new first axis, mapped over.
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    stack_of_images = tf.stack(tf.split(images, groups, axis=-1))
    stack_of_kernels = tf.stack(tf.split(kernel, groups, axis=-1))
    results = [tf.nn.conv2d(x, k, stride, padding) for x, k in zip(tf.unstack(stack_of_images), tf.unstack(stack_of_kernels))]
    expected = tf.stack(results, axis=3)  # n, rows, columns, groups, outputs / groups
    return tf.reshape(expected, (*expected.shape[:3], kernel.shape[-1]))
