# The learning rate has fallen to 0 after the first epoch.
# Loses: test_train_head
# Told: falling rate
def train_head(features, labels, classes, epochs, seed=1):
    tf.keras.utils.set_random_seed(seed)
    parts = tf.keras.layers
    model = tf.keras.Sequential([
        tf.keras.Input(features.shape[1:]),
        parts.BatchNormalization(momentum=0.9),
        parts.Flatten(),
        parts.Dropout(0.5),
        parts.Dense(128, activation="relu"),
        parts.Dropout(0.5),
        parts.Dense(classes),
    ])
    model.compile(tf.keras.optimizers.Adam(falling_rate(0.001, len(features), 1)), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(features, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return model
