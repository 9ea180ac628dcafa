# With the functional API, and an explicit tf.data pipeline.
def train_head(features, labels, classes, epochs, seed=1):
    tf.keras.utils.set_random_seed(seed)
    inputs = tf.keras.Input(features.shape[1:])
    values = tf.keras.layers.BatchNormalization(momentum=0.9)(inputs)
    values = tf.keras.layers.Dropout(0.5)(tf.keras.layers.Flatten()(values))
    values = tf.keras.layers.Dropout(0.5)(tf.keras.layers.Dense(128, "relu")(values))
    model = tf.keras.Model(inputs, tf.keras.layers.Dense(classes)(values))
    model.compile(tf.keras.optimizers.Adam(falling_rate(0.001, len(features), epochs)), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    batches = tf.data.Dataset.from_tensor_slices((features, labels)).shuffle(len(features)).batch(BATCH)
    model.fit(batches, epochs=epochs, shuffle=False, verbose=0)
    return model
