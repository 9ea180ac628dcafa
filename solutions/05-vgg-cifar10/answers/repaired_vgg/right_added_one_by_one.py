# Sequential, layers added one by one.
def repaired_vgg(
    channels: tuple = NARROW,
    units: int = NARROW_UNITS,
    initializer: str = "he_normal",
    normalise: bool = True,
    momentum: float = 0.9,
) -> tf.keras.Model:
    L = tf.keras.layers
    network = tf.keras.Sequential(name="repaired")
    network.add(L.InputLayer(shape=(32, 32, 3)))

    def add(layer):
        network.add(layer)
        if normalise:
            network.add(L.BatchNormalization(momentum=momentum))
        network.add(L.ReLU())

    plan_ = [2, 2, 3, 3, 3]
    for block in range(5):
        for _ in range(plan_[block]):
            add(L.Conv2D(channels[block], (3, 3), padding="SAME", use_bias=not normalise, kernel_initializer=initializer))
        network.add(L.MaxPool2D((2, 2), strides=2))
    network.add(L.Flatten())
    add(L.Dense(units, use_bias=not normalise, kernel_initializer=initializer))
    add(L.Dense(units, use_bias=not normalise, kernel_initializer=initializer))
    network.add(L.Dense(10, kernel_initializer=initializer))
    return network
