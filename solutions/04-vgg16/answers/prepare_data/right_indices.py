# Shuffles indices and gathers the images afterwards.
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    pictures, names = tf.constant(images), tf.constant(labels)
    places = tf.data.Dataset.range(len(images))
    if shuffle:
        places = places.shuffle(len(images))
    places = places.batch(batch_size)
    return places.map(lambda p: (tf.cast(tf.gather(pictures, p), tf.float32)[..., tf.newaxis] / 255, tf.gather(names, p))).prefetch(1)
