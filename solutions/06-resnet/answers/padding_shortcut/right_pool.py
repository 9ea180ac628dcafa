# right: max pooling of 1×1 pixels with the stride takes every stride-th pixel
def padding_shortcut(inputs, filters: int, stride: int):
    """Every `stride`-th pixel of the inputs, with channels of zeros added at the end.

    Parameters
    ----------
    inputs
        a tensor of shape (n, height, width, channels).
    filters
        how many channels are wanted, `channels` or more.
    stride
        1 keeps every pixel, 2 every second one in both directions, beginning with the first.

    Returns
    -------
    tf.Tensor
        shape (n, ⌈height / stride⌉, ⌈width / stride⌉, filters), dtype as the inputs. Gradients flow
        through it, so it is made with TensorFlow's operations, not NumPy's; and it is part of networks
        for any number of photographs of any size, where `inputs.shape` knows the channels alone.
    """
    kept = tf.nn.max_pool2d(inputs, ksize=1, strides=stride, padding="VALID") if stride > 1 else tf.identity(inputs)
    if (more := filters - inputs.shape[3]) == 0:
        return kept
    return tf.concat((kept, tf.zeros_like(tf.repeat(kept[..., :1], more, axis=-1))), axis=3)
