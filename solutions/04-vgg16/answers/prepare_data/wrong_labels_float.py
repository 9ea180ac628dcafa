# wrong: labels become float32 ("labels, whole numbers")
# Loses: test_prepare_data
# Told: The labels should be whole numbers of shape (batch,), but are float32
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, labels.astype("float32")))
    if shuffle:
        data = data.shuffle(len(images))
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
