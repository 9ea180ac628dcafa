# Starts from the notebook's logit_gradient and pulls it back through the model (output_gradients).
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
    kernels = list(filter(lambda w: w.trainable and w.shape.__len__() >= 2, model.trainable_weights))
    pull_back = tf.constant(logit_gradient(np.asarray(labels), logits.numpy()), logits.dtype)
    gradients = tape.gradient(logits, kernels, output_gradients=pull_back)
    return [float(tf.sqrt(tf.reduce_sum(tf.square(g)))) for g in gradients]
