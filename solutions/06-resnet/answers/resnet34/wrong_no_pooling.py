# No pooling in the stem; stage 1 has stride 2 in its place.
# Loses: test_resnet34
# Told: stage 1 has a projection
def resnet34(classes: int = 1000) -> tf.keras.Model:
    layers = [
        tf.keras.Input((224, 224, 3)),
        tf.keras.layers.Conv2D(64, 7, strides=2, padding="same", use_bias=False, kernel_initializer="he_normal"),
        tf.keras.layers.BatchNormalization(momentum=0.9),
        tf.keras.layers.ReLU(),
    ]
    before = 64
    for after, count, step in [(64, 3, 2), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
        layers += [stage(before, after, count, step)]
        before = after
    layers += [tf.keras.layers.GlobalAveragePooling2D(), tf.keras.layers.Dense(classes)]
    return tf.keras.Sequential(layers)
