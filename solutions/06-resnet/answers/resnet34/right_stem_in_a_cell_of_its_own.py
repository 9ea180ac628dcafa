# The stem is a function in a cell of its own; numbers are NumPy integers.
def stem(kernels: int) -> tf.keras.Sequential:
    return tf.keras.Sequential([
        tf.keras.layers.Conv2D(kernels, 7, 2, "same", activation=None, use_bias=False, kernel_initializer=tf.keras.initializers.HeNormal()),
        tf.keras.layers.BatchNormalization(momentum=0.9),
        tf.keras.layers.Activation(tf.nn.relu),
        tf.keras.layers.MaxPooling2D(3, 2, "same"),
    ], name="stem")


# %%
def resnet34(classes: int = 1000) -> tf.keras.Model:
    widths = 64 * 2 ** np.arange(4)
    network = tf.keras.Sequential([stem(64)])
    for place, blocks in enumerate(np.array([3, 4, 6, 3])):
        network.add(stage(int(widths[max(place - 1, 0)]), int(widths[place]), blocks, 1 if place == 0 else 2, "projection"))
    network.add(tf.keras.layers.GlobalAveragePooling2D())
    network.add(tf.keras.layers.Dense(classes, activation="linear"))
    return network
