# A Keras pooling layer, valid padding (float64; the text does not ask for NumPy here).
def pool2d(feature_map, size=2, stride=2, kind="max"):
    cls = tf.keras.layers.MaxPooling2D if kind == "max" else tf.keras.layers.AveragePooling2D
    layer = cls(pool_size=pair(size), strides=pair(stride), padding="valid", dtype="float64")
    return np.asarray(layer(feature_map[None].astype("float64")))[0]
