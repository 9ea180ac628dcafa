# Does it with TensorFlow and returns a tensor.
def prepare_images(images: np.ndarray) -> np.ndarray:
    return tf.expand_dims(tf.cast(images, tf.float32) / 255.0, axis=-1)
