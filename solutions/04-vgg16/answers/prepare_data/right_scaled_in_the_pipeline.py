# Scales each batch in the pipeline: the arrays stay bytes.
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    def scale(pictures, names):
        return tf.cast(pictures[..., tf.newaxis], tf.float32) / 255, names

    data = tf.data.Dataset.from_tensor_slices((images, labels))
    if shuffle:
        data = data.shuffle(buffer_size=len(labels), reshuffle_each_iteration=True)
    return data.batch(batch_size).map(scale, num_parallel_calls=tf.data.AUTOTUNE).prefetch(2)
