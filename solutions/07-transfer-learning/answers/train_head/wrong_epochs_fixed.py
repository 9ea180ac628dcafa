# Always 30 epochs, whatever is asked for (passes the visible part).
# Loses: test_train_head
# Told: the epochs should be
def train_head(features, labels, classes, epochs, seed=1):
    tf.keras.utils.set_random_seed(seed)
    keras = tf.keras.layers
    parts = [keras.BatchNormalization(momentum=0.9), keras.Flatten(), keras.Dropout(0.5), keras.Dense(128, activation="relu"), keras.Dropout(0.5), keras.Dense(classes)]
    model = tf.keras.Sequential([tf.keras.Input(features.shape[1:])] + parts)
    model.compile(tf.keras.optimizers.Adam(falling_rate(1e-3, len(labels), 30)), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(features, labels, epochs=30, batch_size=BATCH, verbose=0)
    return model
