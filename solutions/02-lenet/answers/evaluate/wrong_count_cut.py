# wrong: int() cuts the product of floats off, so the count is sometimes one too small; breaks "the number of wrong images (int)"
# Loses: test_evaluate
# Told: It should be the number of wrong images among all of these images
def evaluate(model, images, labels, batch_size=1000):
    logits = model.predict(images, batch_size=batch_size, verbose=0)
    losses = tf.keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
    accuracy = float((logits.argmax(1) == labels).mean())
    return float(np.mean(losses)), accuracy, int((1 - accuracy) * len(labels))
