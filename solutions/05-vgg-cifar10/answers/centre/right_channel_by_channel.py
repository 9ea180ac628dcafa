# One channel after the other, into new arrays.
def centre(train_images: np.ndarray, test_images: np.ndarray) -> tuple:
    train = train_images.astype("float32") / 255
    test = test_images.astype("float32") / 255
    for channel in range(3):
        mean = np.mean(train_images[:, :, :, channel], dtype="float64") / 255
        train[..., channel] -= mean
        test[..., channel] -= mean
    return train, test
