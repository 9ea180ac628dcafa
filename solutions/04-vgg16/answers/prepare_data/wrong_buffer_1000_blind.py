# wrong: a buffer of 1000 ("in which every image can come at any place")
# Loses: test_prepare_data
# Told: Only a buffer that holds all of the images can put any image anywhere
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, labels))
    if shuffle:
        data = data.shuffle(1000)
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
