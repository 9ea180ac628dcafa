# The sum of the gradient in place of its mean: the same after scaling; a Jacobian, type hints and a print.
def grad_cam(maps_network: tf.keras.Model, classifier: tf.keras.Model, image: np.ndarray, class_index: int) -> np.ndarray:
    maps = tf.identity(maps_network(image[tf.newaxis], training=False))
    with tf.GradientTape(watch_accessed_variables=False) as recording:
        recording.watch(maps)
        logits = classifier(maps, training=False)
    gradient = recording.jacobian(logits, maps)[0, class_index, 0].numpy()
    evidence = np.asarray(maps[0], "float64") @ gradient.sum(axis=(0, 1))
    evidence = np.where(evidence > 0, evidence, 0.0)
    print("strongest evidence:", evidence.max())
    return evidence / evidence.max() if evidence.any() else evidence
