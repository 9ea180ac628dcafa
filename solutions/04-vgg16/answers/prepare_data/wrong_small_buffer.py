# A buffer of 100 images: far from any order.
# Loses: test_prepare_data
# Told: a buffer that holds all
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, labels))
    if shuffle:
        data = data.shuffle(100)
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
