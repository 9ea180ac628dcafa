# Momentum 0.5: the moving averages are those of the last few batches (passes the visible part).
# Loses: test_train_head
# Told: and the momentum should be 0.9
def train_head(features, labels, classes, epochs, seed=1):
    tf.keras.utils.set_random_seed(seed)
    parts = tf.keras.layers
    model = tf.keras.Sequential([
        tf.keras.Input(features.shape[1:]),
        parts.BatchNormalization(momentum=0.5),
        parts.Flatten(),
        parts.Dropout(0.5),
        parts.Dense(128, activation="relu"),
        parts.Dropout(0.5),
        parts.Dense(classes),
    ])
    model.compile(tf.keras.optimizers.Adam(falling_rate(0.001, len(features), epochs)), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(features, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return model
