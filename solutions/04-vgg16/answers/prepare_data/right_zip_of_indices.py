# right: shuffled numbers, which fetch images and labels
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    expected = tf.constant(np.expand_dims(images, -1))
    truth = tf.constant(labels)
    numbers = tf.data.Dataset.range(len(labels))
    if shuffle:
        numbers = numbers.shuffle(numbers.cardinality(), seed=4)
    batches = numbers.batch(batch_size)
    return batches.map(lambda i: (tf.cast(tf.gather(expected, i), "float32") / 255, tf.gather(truth, i))).prefetch(2)
