# Two datasets zipped; a buffer larger than the data.
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    pictures = tf.data.Dataset.from_tensor_slices(np.expand_dims(np.float32(images) / 255, 3))
    names = tf.data.Dataset.from_tensor_slices(labels.astype("int64"))
    data = tf.data.Dataset.zip((pictures, names))
    data = data.shuffle(len(images) + 1) if shuffle else data
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
