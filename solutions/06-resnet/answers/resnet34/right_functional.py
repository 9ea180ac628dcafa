# The functional way, one stage a line.
def resnet34(classes: int = 1000) -> tf.keras.Model:
    photos = tf.keras.Input(shape=(224, 224, 3))
    x = tf.keras.layers.Conv2D(64, (7, 7), (2, 2), padding="same", use_bias=False, kernel_initializer="he_normal")(photos)
    x = tf.keras.layers.Activation("relu")(tf.keras.layers.BatchNormalization(momentum=0.9)(x))
    x = tf.keras.layers.MaxPool2D((3, 3), strides=2, padding="same")(x)
    x = stage(64, 64, 3, 1)(x)
    x = stage(64, 128, 4, 2)(x)
    x = stage(128, 256, 6, 2)(x)
    x = stage(256, 512, 3, 2)(x)
    x = tf.keras.layers.GlobalAvgPool2D()(x)
    return tf.keras.Model(inputs=photos, outputs=tf.keras.layers.Dense(classes)(x))
