# Multiplies by 1/255 and reshapes instead of indexing.
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = (images.reshape(images.shape + (1,)) * np.float32(1 / 255)).astype(np.float32)
    data = tf.data.Dataset.from_tensor_slices((scaled, tf.cast(labels, tf.int32)))
    if shuffle:
        data = data.shuffle(len(data))
    return data.batch(batch_size, drop_remainder=False).prefetch(buffer_size=tf.data.AUTOTUNE)
