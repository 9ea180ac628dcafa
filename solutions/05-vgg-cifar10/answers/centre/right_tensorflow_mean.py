# TensorFlow for the mean, NumPy arrays back.
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = tf.reduce_mean(tf.cast(train_images, tf.float64), axis=[0, 1, 2])
    both = [((tf.cast(images, tf.float64) - mean) / 255.0) for images in (train_images, test_images)]
    return tuple(tf.cast(one, tf.float32).numpy() for one in both)
