# right: scaled image by image in map
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    def convert(image, label):
        return tf.cast(image, tf.float32)[:, :, tf.newaxis] / 255.0, label

    data = tf.data.Dataset.from_tensor_slices((images, labels))
    if shuffle is True:
        data = data.cache().shuffle(buffer_size=images.shape[0], reshuffle_each_iteration=True)
    return data.map(convert, num_parallel_calls=tf.data.AUTOTUNE).batch(batch_size, drop_remainder=False).prefetch(1)
