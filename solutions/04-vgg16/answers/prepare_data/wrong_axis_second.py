# The new axis is the second one.
# Loses: test_prepare_data
# Told: it should be the last axis
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[:, tf.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, labels))
    if shuffle:
        data = data.shuffle(len(images))
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
