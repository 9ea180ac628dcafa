# A training loop by hand with GradientTape.
def train_head(features, labels, classes, epochs, seed=1):
    tf.keras.utils.set_random_seed(seed)
    model = tf.keras.Sequential([
        tf.keras.layers.BatchNormalization(momentum=0.9), tf.keras.layers.Flatten(), tf.keras.layers.Dropout(0.5),
        tf.keras.layers.Dense(128, activation="relu"), tf.keras.layers.Dropout(0.5), tf.keras.layers.Dense(classes),
    ])
    model.build((None, *features.shape[1:]))
    optimizer = tf.keras.optimizers.Adam(falling_rate(0.001, len(features), epochs))
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(batch, answers):
        with tf.GradientTape() as tape:
            logits = model(batch, training=True)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(answers, logits))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))

    answers = np.asarray(labels, "int32")
    for _ in range(epochs):
        order = np.random.permutation(len(features))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            step(tf.constant(features[places]), tf.constant(answers[places]))
    return model
