# Shuffles the arrays themselves, in place and once.
# Loses: test_prepare_data
# Told: Work on a copy
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    if shuffle:
        order = np.random.permutation(len(images))
        images[:], labels[:] = images[order], labels[order]
    scaled = images[..., tf.newaxis].astype("float32") / 255
    data = tf.data.Dataset.from_tensor_slices((scaled, labels))
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
