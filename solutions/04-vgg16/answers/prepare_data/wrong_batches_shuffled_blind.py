# wrong: whole batches are shuffled ("every image can come at any place")
# Loses: test_prepare_data
# Told: Images are shuffled, not whole batches
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, labels))
    data = data.batch(batch_size)
    if shuffle:
        data = data.shuffle(len(images))
    return data.prefetch(tf.data.AUTOTUNE)
