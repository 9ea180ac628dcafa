# right: functional for any size (224×224 among them), the mean by keras.ops
import keras


def resnet34(classes: int = 1000) -> tf.keras.Model:
    x = inputs = keras.Input((None, None, 3))
    stem = [
        keras.layers.Conv2D(64, 7, strides=2, padding="same", use_bias=False, kernel_initializer="he_normal"),
        keras.layers.BatchNormalization(momentum=0.9),
        keras.layers.Activation("relu"),
        keras.layers.MaxPooling2D(3, 2, padding="same"),
    ]
    stages = [stage(max(64, width // 2), width, count, stride, shortcut="projection") for width, count, stride in ((64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2))]
    for layer in stem + stages:
        x = layer(x)
    x = keras.ops.mean(x, axis=(1, 2))
    return keras.Model(inputs, keras.layers.Dense(classes, name="logits")(x))
