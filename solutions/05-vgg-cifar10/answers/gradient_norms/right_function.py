# Inside a tf.function, a single persistent tape, tf.linalg.global_norm of one gradient each.
def gradient_norms(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> list:
    kernels = [w for w in model.trainable_weights if len(w.shape) >= 2]

    @tf.function
    def measure(x, y):
        with tf.GradientTape(persistent=True) as tape:
            each = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=model(x, training=True))
            loss = tf.math.reduce_mean(each)
        return [tf.linalg.global_norm([tape.gradient(loss, k)]) for k in kernels]

    return [one.numpy().item() for one in measure(tf.constant(images), tf.constant(labels.astype(np.int32)))]
