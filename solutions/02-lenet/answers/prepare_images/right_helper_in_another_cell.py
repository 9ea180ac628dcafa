# A helper in a cell of its own, stacks image by image and prints what it does.
def one_image(image: np.ndarray) -> np.ndarray:
    """One grey image with its channel axis."""
    height, width = image.shape
    return np.array([[[np.float32(image[y, x]) / np.float32(255)] for x in range(width)] for y in range(height)])

# %%
def prepare_images(images: np.ndarray) -> np.ndarray:
    if len(images) < 100:
        prepared_images = np.stack([one_image(image) for image in images])
    else:
        prepared_images = np.stack([images], axis=-1).astype(np.float32) / np.float32(255)
    print("prepared", prepared_images.shape)
    return prepared_images
