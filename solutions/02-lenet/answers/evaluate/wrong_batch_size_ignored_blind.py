# wrong: all images go through the model at once; breaks "batch_size: how many images go through the model at once"
# Loses: test_evaluate
# Told: all images go through the network at once
def evaluate(model, images, labels, batch_size=1000):
    logits = np.asarray(model(images, training=False))
    losses = tf.keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
    right = logits.argmax(1) == labels
    return float(np.mean(losses)), float(right.mean()), int((~right).sum())
