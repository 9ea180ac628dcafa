# wrong: no gradient gets through; breaks "Gradients flow through it"
# Loses: test_padding_shortcut
# Told: operations of `keras.ops` or TensorFlow alone
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
    kept = tf.stop_gradient(inputs[:, ::stride, ::stride, :])
    return tf.pad(kept, [[0, 0], [0, 0], [0, 0], [0, filters - inputs.shape[-1]]])
