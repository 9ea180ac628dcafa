# Takes the largest logit for the label: the gradient of what is predicted already.
# Loses: test_gradient_norms
# Told: with the given labels
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        labels = tf.argmax(logits, axis=1)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) > 1]
    return [float(tf.norm(slope)) for slope in tape.gradient(loss, kernels)]
