# The stem and the head are models of their own, made in a cell of its own; prints its depth.
def head(classes: int) -> tf.keras.Model:
    return tf.keras.Sequential([tf.keras.layers.Lambda(lambda maps: tf.reduce_mean(maps, axis=[1, 2])), tf.keras.layers.Dense(classes)])


# %%
def cifar_resnet(blocks: int, filters: tuple = (16, 32, 64), classes: int = 10, shortcut: str = "padding") -> tf.keras.Model:
    narrow, *wider = (int(number) for number in filters)
    print("layers:", 6 * blocks + 2)
    stem = [
        tf.keras.layers.Conv2D(narrow, (3, 3), padding="SAME", use_bias=False, kernel_initializer="he_normal"),
        tf.keras.layers.BatchNormalization(momentum=0.9), tf.keras.layers.Activation("relu"),
    ]
    network = tf.keras.Sequential([tf.keras.Sequential(stem), stage(narrow, narrow, blocks, 1, shortcut)])
    for number in wider:
        network.add(stage(narrow, number, blocks, 2, shortcut))
        narrow = number
    network.add(head(classes))
    return network
