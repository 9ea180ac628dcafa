# Squeezes first, which loses the axis of a single image (or of a single row).
# Loses: test_prepare_images
# Told: the axis of the images is missing
def prepare_images(images):
    return np.expand_dims(np.squeeze(images), -1).astype("float32") / 255
