# A training loop of its own with a tape, batches in a random order that the seed decides.
def train_head(features: np.ndarray, labels: np.ndarray, classes: int, epochs: int, seed: int = 1) -> tf.keras.Model:
    tf.keras.utils.set_random_seed(seed)
    L = tf.keras.layers
    head = tf.keras.Sequential([L.BatchNormalization(momentum=0.9), L.Flatten(), L.Dropout(0.5), L.Dense(128, activation="relu"), L.Dropout(0.5), L.Dense(classes)])
    head.build((None, *features.shape[1:]))
    optimizer = tf.keras.optimizers.Adam(falling_rate(0.001, len(features), epochs))
    optimizer.build(head.trainable_variables)
    truth = np.asarray(labels).astype("int64")

    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, head(x, training=True)))
        optimizer.apply_gradients(zip(tape.gradient(loss, head.trainable_variables), head.trainable_variables))

    for _ in range(epochs):
        order = np.random.permutation(len(features))
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            step(tf.constant(features[some]), tf.constant(truth[some]))
    return head
