# Np.take, then np.subtract.
def preprocess(images: np.ndarray) -> np.ndarray:
    turned = np.take(images, (2, 1, 0), axis=3).astype(np.float32)
    print("turned", turned.shape)
    return np.subtract(turned, np.float32([103.939, 116.779, 123.68]), dtype=np.float32)
