# right: a generator that permutes anew in each epoch, with its cardinality stated
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    rng = np.random.default_rng()
    count = len(images)

    def batches():
        order = rng.permutation(count) if shuffle else np.arange(count)
        for start in range(0, count, batch_size):
            some = order[start : start + batch_size]
            yield (images[some, :, :, None] / np.float32(255)), labels[some]

    signature = (
        tf.TensorSpec((None, *images.shape[1:], 1), tf.float32),
        tf.TensorSpec((None,), tf.as_dtype(labels.dtype)),
    )
    data = tf.data.Dataset.from_generator(batches, output_signature=signature)
    return data.apply(tf.data.experimental.assert_cardinality(-(-count // batch_size))).prefetch(tf.data.AUTOTUNE)
