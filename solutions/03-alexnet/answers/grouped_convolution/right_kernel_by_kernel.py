# One convolution for every single kernel, each on the channels of its group.
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    outputs = kernel.shape[-1]
    per_group = outputs // groups
    runs_of_channels = tf.split(tf.convert_to_tensor(images), groups, axis=3)
    count = [
        tf.nn.conv2d(runs_of_channels[number // per_group], kernel[..., number : number + 1], strides=stride, padding=padding)
        for number in range(outputs)
    ]
    return tf.concat(count, -1)
