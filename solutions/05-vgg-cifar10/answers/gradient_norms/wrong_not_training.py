# Calls the model as at inference: batch normalisation then takes its moving averages.
# Loses: test_gradient_norms
# Told: training=True
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    with tf.GradientTape() as tape:
        logits = model(images, training=False)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int32"), logits))
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) > 1]
    return [float(tf.norm(slope)) for slope in tape.gradient(loss, kernels)]
