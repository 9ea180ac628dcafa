# A table of layers from a generator in an added cell, each layer with a name of its own; a print.
def plan_of_layers(channels, units):
    depth = {0: 2, 1: 2}
    for block, width in enumerate(channels):
        yield from [("convolution", int(width))] * depth.get(block, 3)
        yield "pooling", None
    yield from (("flat", None), ("dense", units), ("dense", units))


# %%
def repaired_vgg(channels=NARROW, units=NARROW_UNITS, initializer="he_normal", normalise=True, momentum=0.9):
    inputs = tf.keras.layers.Input((32, 32, 3), name="image")
    values, weighted = inputs, 0
    for kind, width in plan_of_layers(channels, units):
        if kind == "pooling":
            values = tf.keras.layers.MaxPooling2D(pool_size=(2, 2), padding="same")(values)
            continue
        if kind == "flat":
            values = tf.keras.layers.Flatten()(values)
            continue
        weighted += 1
        if kind == "dense":
            layer = tf.keras.layers.Dense(width, None, not normalise, initializer)
        else:
            layer = tf.keras.layers.Convolution2D(width, (3, 3), padding="SAME", use_bias=not normalise, kernel_initializer=initializer)
        values = layer(values)
        if normalise:
            values = tf.keras.layers.BatchNormalization(momentum=momentum, name=f"norm_{weighted}")(values)
        values = tf.keras.layers.ReLU(name=f"relu_{weighted}")(values)
    print(weighted, "layers before the logits")
    logits = tf.keras.layers.Dense(units=10, activation="linear", kernel_initializer=initializer, name="logits")(values)
    return tf.keras.Model(inputs=inputs, outputs=logits, name="repaired")
