# Does it with TensorFlow, and turns the tensor into an array at the end.
def prepare_images(images: np.ndarray) -> np.ndarray:
    return tf.expand_dims(tf.cast(images, tf.float32) / 255.0, axis=-1).numpy()
