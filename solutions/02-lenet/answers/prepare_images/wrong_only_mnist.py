# Reshapes to 28×28 pixels, whatever the images are.
# Loses: test_prepare_images
# Told: cannot reshape
def prepare_images(images: np.ndarray) -> np.ndarray:
    return images.reshape(-1, 28, 28, 1).astype("float32") / 255
