# The sum of the losses instead of their mean.
# Loses: test_gradient_norms
# Told: the losses of the images are added up
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int32"), model(images, training=True)))
    kernels = [weight for weight in model.trainable_weights if len(weight.shape) > 1]
    return [float(tf.norm(slope)) for slope in tape.gradient(loss, kernels)]
