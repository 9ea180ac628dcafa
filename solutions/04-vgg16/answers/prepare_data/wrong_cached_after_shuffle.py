# wrong: cached after shuffling: the first order for ever ("another one in each epoch")
# Loses: test_prepare_data
# Told: Each time the Dataset is gone through, the order is another one
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, labels))
    if shuffle:
        data = data.shuffle(len(images)).cache()
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
