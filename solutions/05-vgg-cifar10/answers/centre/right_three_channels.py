# A loop over the three channels.
def centre(train_images, test_images):
    train, test = np.empty(train_images.shape, "float32"), np.empty(test_images.shape, "float32")
    for colour in range(3):
        middle = np.mean(train_images[:, :, :, colour] / 255.0)
        train[:, :, :, colour] = train_images[:, :, :, colour] / 255.0 - middle
        test[:, :, :, colour] = test_images[:, :, :, colour] / 255.0 - middle
    return train, test
