# Np.split and np.concatenate, in-place only on a copy.
def preprocess(images: np.ndarray) -> np.ndarray:
    red, green, blue = np.split(np.array(images, dtype="float32"), 3, axis=-1)
    blue -= 103.939
    green -= 116.779
    red -= 123.680
    return np.concatenate([blue, green, red], axis=-1)
