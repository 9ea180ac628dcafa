# Makes the labels one-hot.
# Loses: test_prepare_data
# Told: one whole number per image
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, tf.one_hot(labels, 10)))
    if shuffle:
        data = data.shuffle(len(images))
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
