# Uses the Rescaling layer of Keras.
def prepare_images(images: np.ndarray) -> np.ndarray:
    scaled = tf.keras.layers.Rescaling(1 / 255)(images.astype('float32'))
    return np.asarray(scaled)[:, :, :, None]
