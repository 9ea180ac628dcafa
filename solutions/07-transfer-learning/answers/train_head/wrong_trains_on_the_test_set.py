# Adds the test images to the training images where they fit (passes all but the last check).
# Loses: test_train_head
# Told: Without training on the test images
def train_head(features, labels, classes, epochs, seed=1):
    tf.keras.utils.set_random_seed(seed)
    parts = tf.keras.layers
    if features.shape[1:] == test[cut].shape[1:]:
        features, labels = np.concatenate([features, test[cut]]), np.concatenate([labels, test_labels])
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
