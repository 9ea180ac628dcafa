# right: keras.ops.pad
from keras import ops


def padding_shortcut(inputs, filters: int, stride: int):
    """Every stride-th pixel, then channels of zeros."""
    channels = inputs.shape[-1]
    if filters < channels:
        raise ValueError(f"{filters} filters for {channels} channels")
    return ops.pad(inputs[:, 0::stride, 0::stride, :], ((0, 0), (0, 0), (0, 0), (0, filters - channels)), mode="constant", constant_values=0)
