# Hands tensors to fit, counts accuracy with a metric of its own, and compiles in a cell of its own.
def settings(images: int, epochs: int) -> dict:
    accuracy = tf.keras.metrics.SparseCategoricalAccuracy(name="accuracy")
    rate = falling_rate(images=images, epochs=epochs)
    return {
        "optimizer": tf.keras.optimizers.SGD(learning_rate=rate, momentum=0.9),
        "loss": lambda truth, logits: tf.keras.losses.sparse_categorical_crossentropy(truth, logits, from_logits=True),
        "metrics": [accuracy],
    }


# %%
def train_network(training, blocks, shortcut, epochs, filters=WIDTHS, seed=1, verbose=0):
    tf.keras.utils.set_random_seed(int(seed))
    x, y = (tf.convert_to_tensor(part) for part in training)
    network = cifar_resnet(blocks=blocks, filters=tuple(filters), classes=10, shortcut=shortcut)
    network.compile(**settings(int(x.shape[0]), epochs))
    history = network.fit(x, tf.cast(y, tf.int64), BATCH, epochs, verbose)
    print("last loss:", history.history["loss"][-1])
    return network, history
