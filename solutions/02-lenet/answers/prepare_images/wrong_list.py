# Builds nested lists and forgets to turn them into an array.
# Loses: test_prepare_images
# Told: of type list
def prepare_images(images: np.ndarray) -> np.ndarray:
    return [[[[pixel / 255] for pixel in row] for row in image] for image in images]
