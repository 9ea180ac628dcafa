# wrong: never shuffled (argument shuffle)
# Loses: test_prepare_data
# Told: With shuffle=True the images come in the order of the array
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, labels))
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
