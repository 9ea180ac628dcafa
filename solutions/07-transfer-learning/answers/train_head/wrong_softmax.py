# Softmax in the last layer, with a loss that fits it; asked for are logits.
# Loses: test_train_head
# Told: no activation
def train_head(features, labels, classes, epochs, seed=1):
    tf.keras.utils.set_random_seed(seed)
    keras = tf.keras.layers
    parts = [keras.BatchNormalization(momentum=0.9), keras.Flatten(), keras.Dropout(0.5), keras.Dense(128, activation="relu"), keras.Dropout(0.5), keras.Dense(classes, activation="softmax")]
    model = tf.keras.Sequential([tf.keras.Input(features.shape[1:])] + parts)
    model.compile(tf.keras.optimizers.Adam(falling_rate(1e-3, len(labels), epochs)), "sparse_categorical_crossentropy")
    model.fit(x=features, y=labels, epochs=epochs, batch_size=BATCH, verbose=0)
    return model
