# Rounds to two decimals.
# Loses: test_prepare_images
# Told: rounded to two decimals
def prepare_images(images):
    return np.round(images / 255, 2).astype("float32")[..., np.newaxis]
