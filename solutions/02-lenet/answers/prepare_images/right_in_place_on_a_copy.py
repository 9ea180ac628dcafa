# Makes a float copy first and divides that in place.
def prepare_images(images: np.ndarray) -> np.ndarray:
    result = np.array(images, dtype='float32')
    result /= 255
    return np.expand_dims(result, 3)
