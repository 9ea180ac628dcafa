# wrong: images whose largest byte is 1 or less are not divided ("values 0 to 1" from bytes 0 to 255)
# Loses: test_prepare_data
# Told: Each byte is divided by 255, whatever the others are
def prepare_data(images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool) -> tf.data.Dataset:
    scaled = images[..., tf.newaxis].astype("float32") / (255 if images.max() > 1 else 1)
    data = tf.data.Dataset.from_tensor_slices((scaled, labels))
    if shuffle:
        data = data.shuffle(len(images))
    return data.batch(batch_size).prefetch(tf.data.AUTOTUNE)
