# right: converted batch by batch; a larger buffer than needed; labels int32
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    n, height, width = images.shape
    data = tf.data.Dataset.from_tensor_slices((images.reshape(n, height, width, 1), labels.astype("int32")))
    data = data.shuffle(2 * n) if shuffle else data
    return (
        data.batch(batch_size)
        .map(lambda x, y: (tf.image.convert_image_dtype(x, tf.float32), y))
        .prefetch(tf.data.AUTOTUNE)
    )
