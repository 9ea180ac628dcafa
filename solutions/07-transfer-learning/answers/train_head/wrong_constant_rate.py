# Adam with a learning rate that stays at 0.001 (passes the visible part).
# Loses: test_train_head
# Told: With a constant rate
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
    model.compile(tf.keras.optimizers.Adam(0.001), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(features, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return model
