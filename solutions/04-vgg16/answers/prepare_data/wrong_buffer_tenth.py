# wrong: a buffer for a tenth of the images
# Loses: test_prepare_data
# Told: Only a buffer that holds all of the images can put any image anywhere
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, labels))
    if shuffle:
        data = data.shuffle(max(1, len(images) // 10))
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
