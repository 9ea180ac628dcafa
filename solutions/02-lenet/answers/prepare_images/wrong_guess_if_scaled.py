# Leaves images alone that hold only 0 and 1, as if they were scaled.
# Loses: test_prepare_images
# Told: Each byte should be divided by 255, in float32, which has 7 digits
def prepare_images(images):
    floats = images.astype("float32")
    if images.size and images.max() > 1:
        floats /= 255
    return floats[..., np.newaxis]
