# Draws images at random, some twice and some never.
# Loses: test_prepare_data
# Told: exactly once
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, labels))
    if shuffle:
        n = len(images)
        places = tf.data.Dataset.range(n).map(lambda _: tf.random.uniform((), 0, n, tf.int64))
        data = places.map(lambda place: (tf.gather(scaled, place), tf.gather(labels, place)))
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
