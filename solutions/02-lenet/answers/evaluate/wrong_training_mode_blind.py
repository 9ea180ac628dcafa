# wrong: runs the model in training mode: dropout drops, moving averages move; breaks "The model is used, not trained: its weights stay as they are"
# Loses: test_evaluate
# Told: It should measure the model, not train it
def evaluate(model, images, labels, batch_size=1000):
    logits = np.concatenate([np.asarray(model(images[i : i + batch_size], training=True)) for i in range(0, len(images), batch_size)])
    losses = tf.keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
    right = logits.argmax(1) == labels
    return float(np.mean(losses)), float(right.mean()), int((~right).sum())
