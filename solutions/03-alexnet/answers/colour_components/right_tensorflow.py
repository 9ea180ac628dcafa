# Eigenvectors by TensorFlow; returns tensors.
def colour_components(images: np.ndarray) -> tuple:
    pixels = tf.reshape(tf.cast(images, tf.float64), (-1, 3))
    centred = pixels - tf.reduce_mean(pixels, axis=0)
    covariance = tf.matmul(centred, centred, transpose_a=True) / len(pixels)
    values, vectors = tf.linalg.eigh(covariance)
    return tf.reverse(values, [0]), tf.reverse(vectors, [1])
