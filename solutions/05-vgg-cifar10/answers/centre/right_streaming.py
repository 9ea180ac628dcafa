# Sums of whole numbers, image by image; a closure.
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    total, count = np.zeros(3, dtype=np.int64), 0
    for image in train_images:
        pixels = image.reshape(-1, 3)
        total += pixels.sum(axis=0, dtype=np.int64)
        count += len(pixels)
    means = total / (255 * count)

    def move(images):
        return np.subtract(np.divide(images, 255.0), means).astype(np.float32)

    return tuple(map(move, (train_images, test_images)))
