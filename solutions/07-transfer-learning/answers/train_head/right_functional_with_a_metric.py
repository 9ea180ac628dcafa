# Functional, accuracy as a metric.
def train_head(features: np.ndarray, labels: np.ndarray, classes: int, epochs: int, seed: int = 1) -> tf.keras.Model:
    tf.keras.utils.set_random_seed(int(seed))
    x = inputs = tf.keras.layers.Input(shape=features.shape[1:])
    x = tf.keras.layers.BatchNormalization(axis=-1, momentum=0.9)(x)
    x = tf.keras.layers.Dropout(rate=0.5)(tf.keras.layers.Flatten()(x))
    x = tf.keras.layers.ReLU()(tf.keras.layers.Dense(128)(x))
    x = tf.keras.layers.Dropout(rate=0.5)(x)
    network = tf.keras.Model(inputs, tf.keras.layers.Dense(classes)(x), name="head")
    rate = falling_rate(peak=0.001, images=features.shape[0], epochs=epochs)
    network.compile(tf.keras.optimizers.Adam(learning_rate=rate), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    network.fit(features, np.asarray(labels, "int64"), batch_size=BATCH, epochs=epochs, shuffle=True, verbose=0)
    return network
