# TensorFlow: reverse and subtract.
def preprocess(images: np.ndarray) -> np.ndarray:
    values = tf.reverse(tf.cast(images, tf.float32), axis=[-1])
    return (values - tf.constant([103.939, 116.779, 123.68])).numpy()
