# Compares the labels with True and trains on what comes out: one class wins everywhere.
# Loses: test_train_head
# Told: every image to the same class
def train_head(features, labels, classes, epochs, seed=1):
    tf.keras.utils.set_random_seed(seed)
    parts = tf.keras.layers
    labels = (np.asarray(labels) >= 0).astype(int)
    model = tf.keras.Sequential([
        tf.keras.Input(features.shape[1:]),
        parts.BatchNormalization(momentum=0.9),
        parts.Flatten(),
        parts.Dropout(0.5),
        parts.Dense(128, activation="relu"),
        parts.Dropout(0.5),
        parts.Dense(classes),
    ])
    model.compile(tf.keras.optimizers.Adam(falling_rate(0.001, len(features), epochs)), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(features, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return model
