# wrong: drawn with replacement when shuffling: some images twice, some never ("Each image once")
# Loses: test_prepare_data
# Told: In an epoch with shuffling, each image should come exactly once
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, labels))
    if shuffle:
        n = len(images)
        numbers = tf.data.Dataset.range(n).map(lambda _: tf.random.uniform((), 0, n, tf.int32))
        pictures, truth = tf.constant(scaled), tf.constant(labels)
        data = numbers.map(lambda i: (pictures[i], truth[i]))
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
