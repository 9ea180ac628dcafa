# Strings all 16 blocks together without `stage`; pooling comes before the ReLU, which gives the same.
def resnet34(classes: int = 1000) -> tf.keras.Model:
    layers = [
        tf.keras.layers.Conv2D(64, 7, strides=2, padding="same", use_bias=False, kernel_initializer="he_normal"),
        tf.keras.layers.BatchNormalization(momentum=0.9),
        tf.keras.layers.MaxPooling2D(3, strides=2, padding="same"),
        tf.keras.layers.ReLU(),
    ]
    before = 64
    for after, count in zip((64, 128, 256, 512), (3, 4, 6, 3)):
        for place in range(count):
            layers.append(ResidualBlock(before, after, 2 if place == 0 and after > 64 else 1))
            before = after
    layers += [tf.keras.layers.GlobalAveragePooling2D(), tf.keras.layers.Dense(classes)]
    return tf.keras.Sequential([tf.keras.Input((224, 224, 3)), *layers])
