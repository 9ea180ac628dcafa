# Shuffles the images, not the labels.
# Loses: test_prepare_data
# Told: keeps its own label
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / 255
    pictures = tf.data.Dataset.from_tensor_slices(scaled)
    if shuffle:
        pictures = pictures.shuffle(len(images))
    data = tf.data.Dataset.zip((pictures, tf.data.Dataset.from_tensor_slices(labels)))
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
