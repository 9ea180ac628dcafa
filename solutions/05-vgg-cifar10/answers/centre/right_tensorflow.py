# With tensors; the mean of the bytes as float64.
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    mean = tf.reduce_mean(tf.cast(train_images, tf.float64), axis=[0, 1, 2]) / 255
    return tuple(tf.cast(images, tf.float32) / 255 - tf.cast(mean, tf.float32) for images in (train_images, test_images))
