# Drops the last, smaller batch.
# Loses: test_prepare_data
# Told: The batches should have `batch_size` images each, and `len` should know
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, labels))
    if shuffle:
        data = data.shuffle(len(images))
    return data.batch(batch_size, drop_remainder=True).prefetch(tf.data.AUTOTUNE)
