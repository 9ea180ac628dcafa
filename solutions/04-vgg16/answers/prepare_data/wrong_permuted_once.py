# wrong: permuted once with NumPy ("another one in each epoch")
# Loses: test_prepare_data
# Told: Each pass through the Dataset should have a different one
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / 255
    if shuffle:
        order = np.random.permutation(len(images))
        scaled, labels = scaled[order], labels[order]
    data = tf.data.Dataset.from_tensor_slices((scaled, labels))
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
