# The mean of each image's norms instead of the norm of the mean gradient.
# Loses: test_gradient_norms
# Told: the gradient of ONE loss
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) > 1]
    with tf.GradientTape(persistent=True) as tape:
        logits = model(images, training=True)
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int32"), logits)
        each = [losses[place] for place in range(len(images))]
    norms = [[float(tf.norm(slope)) for slope in tape.gradient(loss, kernels)] for loss in each]
    return list(np.mean(norms, axis=0))
