# wrong: the same order in each epoch ("another one in each epoch")
# Loses: test_prepare_data
# Told: Each pass through the Dataset should have a different one
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, labels))
    if shuffle:
        data = data.shuffle(len(images), reshuffle_each_iteration=False)
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
