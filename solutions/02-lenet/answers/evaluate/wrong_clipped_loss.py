# wrong: clips the probabilities at 1e-7, so large losses are cut at 16; breaks "the mean cross-entropy over all images"
# Loses: test_evaluate
# Told: It should be the mean cross-entropy of all of these images
def evaluate(model, images, labels, batch_size=1000):
    logits = model.predict(images, batch_size=batch_size, verbose=0)
    shares = np.clip(tf.nn.softmax(logits).numpy(), 1e-7, 1)
    right = logits.argmax(1) == labels
    return float(-np.mean(np.log(shares[np.arange(len(labels)), labels]))), float(right.mean()), int((~right).sum())
