# The seed is set after the head was made (passes the visible part).
# Loses: test_train_head
# Told: before the head is built
def train_head(features, labels, classes, epochs, seed=1):
    keras = tf.keras.layers
    parts = [keras.BatchNormalization(momentum=0.9), keras.Flatten(), keras.Dropout(0.5), keras.Dense(128, activation="relu"), keras.Dropout(0.5), keras.Dense(classes)]
    model = tf.keras.Sequential([tf.keras.Input(features.shape[1:])] + parts)
    tf.keras.utils.set_random_seed(seed)
    model.compile(tf.keras.optimizers.Adam(falling_rate(1e-3, len(labels), epochs)), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(x=features, y=labels, epochs=epochs, batch_size=BATCH, verbose=0)
    return model
