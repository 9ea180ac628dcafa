# Written out block by block with functools.reduce, named layers.
from functools import reduce

def repaired_vgg(channels=NARROW, units=NARROW_UNITS, initializer="he_normal", normalise=True, momentum=0.9):
    if len(channels) != 5:
        raise ValueError("five blocks")

    def unit(name, layer):
        return [layer, *([tf.keras.layers.BatchNormalization(momentum=momentum, name=f"{name}_bn")] if normalise else []), tf.keras.layers.ReLU(name=f"{name}_relu")]

    c1, c2, c3, c4, c5 = channels
    stack = []
    for b, widths in enumerate(((c1, c1), (c2, c2), (c3,) * 3, (c4,) * 3, (c5,) * 3), start=1):
        for k, width in enumerate(widths, start=1):
            name = f"block{b}_conv{k}"
            stack.extend(unit(name, tf.keras.layers.Conv2D(width, 3, padding="same", use_bias=(normalise is False), kernel_initializer=initializer, name=name)))
        stack.append(tf.keras.layers.MaxPooling2D(name=f"block{b}_pool"))
    stack.append(tf.keras.layers.Reshape((c5,)))
    for k in (1, 2):
        stack.extend(unit(f"fc{k}", tf.keras.layers.Dense(units, use_bias=(normalise is False), kernel_initializer=initializer, name=f"fc{k}")))
    stack.append(tf.keras.layers.Dense(10, kernel_initializer=initializer, name="logits"))
    image = tf.keras.Input((32, 32, 3), name="image")
    return tf.keras.Model(image, reduce(lambda values, layer: layer(values), stack, image))
