# One-hot labels and the categorical loss; helper named `expected`.
def expected(labels, classes):
    return np.eye(classes, dtype="float32")[np.asarray(labels, "int64")]

def train_head(features, labels, classes, epochs, seed=1):
    tf.keras.utils.set_random_seed(seed)
    layers = [tf.keras.layers.BatchNormalization(momentum=0.9), tf.keras.layers.Flatten()]
    layers += [tf.keras.layers.Dropout(0.5), tf.keras.layers.Dense(128), tf.keras.layers.Activation("relu")]
    layers += [tf.keras.layers.Dropout(0.5), tf.keras.layers.Dense(classes, activation=None)]
    head = tf.keras.Sequential(layers)
    head.compile(loss=tf.keras.losses.CategoricalCrossentropy(from_logits=True), optimizer=tf.keras.optimizers.Adam(falling_rate(1e-3, len(features), epochs)))
    head.fit(features, expected(labels, classes), batch_size=BATCH, epochs=epochs, verbose=0)
    return head
