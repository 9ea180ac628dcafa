# Tape, TensorFlow's sparse loss, norm of each kernel.
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) >= 2]
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int64"), logits))
    return [float(tf.norm(gradient)) for gradient in tape.gradient(loss, kernels)]
