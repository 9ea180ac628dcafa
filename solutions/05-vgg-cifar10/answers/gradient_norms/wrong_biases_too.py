# All weights, the biases too.
# Loses: test_gradient_norms
# Told: weights with one axis are in the list
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int32"), logits))
    return [float(tf.norm(slope)) for slope in tape.gradient(loss, model.trainable_weights)]
