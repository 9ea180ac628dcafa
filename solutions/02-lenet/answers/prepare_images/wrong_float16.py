# Divides in float16, so only 3 digits are right (0.2 becomes 0.19995).
# Loses: test_prepare_images
# Told: Each byte should be divided by 255
def prepare_images(images):
    return (images.astype("float16") / np.float16(255)).astype("float32")[..., np.newaxis]
