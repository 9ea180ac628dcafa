# wrong: labels are turned into bytes: classes above 255 are others ("labels whole numbers", "its own label")
# Loses: test_prepare_data
# Told: The labels in batches of 64, not shuffled, should be those of the array
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, labels.astype("uint8")))
    if shuffle:
        data = data.shuffle(len(images))
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
