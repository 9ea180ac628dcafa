# A Sequential model with a list of layers.
def repaired_vgg(
    channels: tuple = NARROW,
    units: int = NARROW_UNITS,
    initializer: str = "he_normal",
    normalise: bool = True,
    momentum: float = 0.9,
) -> tf.keras.Model:
    kinds = tf.keras.layers
    stack = [kinds.Input((32, 32, 3))]

    def add(layer):
        stack.append(layer)
        if normalise:
            stack.append(kinds.BatchNormalization(momentum=momentum, axis=-1))
        stack.append(kinds.ReLU())

    for block in range(5):
        for _ in range([2, 2, 3, 3, 3][block]):
            add(kinds.Conv2D(channels[block], (3, 3), padding="same", kernel_initializer=initializer, use_bias=not normalise))
        stack.append(kinds.MaxPooling2D((2, 2)))
    stack.append(kinds.Flatten())
    add(kinds.Dense(units, kernel_initializer=initializer, use_bias=not normalise))
    add(kinds.Dense(units, kernel_initializer=initializer, use_bias=not normalise))
    stack.append(kinds.Dense(10, kernel_initializer=initializer))
    return tf.keras.Sequential(stack)
