# A 1×1 convolution with a constant kernel of ones on the diagonal.
def padding_shortcut(inputs, filters: int, stride: int):
    kernel = tf.eye(int(inputs.shape[-1]), filters)[tf.newaxis, tf.newaxis]
    return tf.nn.conv2d(inputs, tf.cast(kernel, inputs.dtype), strides=stride, padding="SAME")
