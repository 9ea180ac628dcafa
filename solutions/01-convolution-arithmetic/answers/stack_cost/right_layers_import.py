# From tensorflow.keras import layers, a name that the notebook uses for lists; parameters counted by a model.
from tensorflow.keras import Sequential, layers


def stack_cost(kernels, channels, height, width, bias=True):
    model = Sequential([layers.Input((height, width, channels))])
    for kernel in kernels:
        model.add(layers.Conv2D(channels, kernel, padding="same", use_bias=bias))
    expected = sum(kernel * kernel * channels for kernel in kernels) * height * width * channels
    return model.count_params(), expected
