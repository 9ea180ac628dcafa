# Keras.ops for split, convolution and join; each convolution is an ordinary one on its own channels (the text names tf.nn.conv2d in brackets as the ordinary one).
import keras


def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    network = zip(keras.ops.split(images, groups, axis=-1), keras.ops.split(kernel, groups, axis=-1))
    return keras.ops.concatenate(
        [keras.ops.conv(x, k, strides=stride, padding=padding.lower(), data_format="channels_last") for x, k in network], axis=-1
    )
