# No dropout: nothing keeps the head from relying on single features.
# Loses: test_train_head
# Told: no dropout
def train_head(features, labels, classes, epochs, seed=1):
    tf.keras.utils.set_random_seed(seed)
    keras = tf.keras.layers
    parts = [keras.BatchNormalization(momentum=0.9), keras.Flatten(), keras.Dense(128, activation="relu"), keras.Dense(classes)]
    model = tf.keras.Sequential([tf.keras.Input(features.shape[1:])] + parts)
    model.compile(optimizer=tf.keras.optimizers.Adam(falling_rate(1e-3, len(labels), epochs)), loss=tf.keras.losses.SparseCategoricalCrossentropy(True))
    model.fit(x=features, y=labels, epochs=epochs, batch_size=BATCH, verbose=0)
    return model
