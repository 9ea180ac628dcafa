# The seed is set after the head was made.
# Loses: test_train_head
# Told: before the head is built
def train_head(features: np.ndarray, labels: np.ndarray, classes: int, epochs: int, seed: int = 1) -> tf.keras.Model:
    head = tf.keras.Sequential([
        tf.keras.Input(features.shape[1:]),
        tf.keras.layers.BatchNormalization(momentum=0.9),
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dropout(0.5),
        tf.keras.layers.Dense(128, activation="relu"),
        tf.keras.layers.Dropout(0.5),
        tf.keras.layers.Dense(classes),
    ])
    tf.keras.utils.set_random_seed(seed)
    head.compile(
        optimizer=tf.keras.optimizers.Adam(falling_rate(0.001, len(features), epochs)),
        loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    head.fit(features, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return head
