# If another class has a positive logit that is the largest, its evidence is drawn.
# Loses: test_grad_cam
# Told: it should be that for `class_index`
def grad_cam(maps_network: tf.keras.Model, classifier: tf.keras.Model, image: np.ndarray, class_index: int) -> np.ndarray:
    maps = tf.convert_to_tensor(maps_network(image[np.newaxis], training=False))
    with tf.GradientTape() as tape:
        tape.watch(maps)
        logits = classifier(maps, training=False)[0]
        logit = logits[class_index] if float(tf.reduce_max(logits)) <= 0 else tf.reduce_max(logits)
    weights_ = tf.reduce_mean(tape.gradient(logit, maps), axis=(1, 2))[0]
    heat = np.maximum(np.sum(maps[0].numpy() * weights_.numpy(), axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat
