# wrong: any stride above 1 is 2; breaks "Every `stride`-th pixel"
# Loses: test_padding_shortcut
# Told: every second pixel is taken, whatever the stride
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
    stride = min(stride, 2)
    kept = inputs[:, ::stride, ::stride, :]
    return tf.pad(kept, [[0, 0], [0, 0], [0, 0], [0, filters - inputs.shape[-1]]])
