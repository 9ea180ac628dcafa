# Softmax in the last layer.
# Loses: test_resnet34
# Told: there is a softmax in the last layer
def resnet34(classes: int = 1000) -> tf.keras.Model:
    layers = [
        tf.keras.Input((224, 224, 3)),
        tf.keras.layers.Conv2D(64, 7, strides=2, padding="same", use_bias=False, kernel_initializer="he_normal"),
        tf.keras.layers.BatchNormalization(momentum=0.9),
        tf.keras.layers.ReLU(),
        tf.keras.layers.MaxPooling2D(3, strides=2, padding="same"),
    ]
    before = 64
    for after, count, step in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
        layers += [stage(before, after, count, step)]
        before = after
    layers += [tf.keras.layers.GlobalAveragePooling2D(), tf.keras.layers.Dense(classes, activation="softmax")]
    return tf.keras.Sequential(layers)
