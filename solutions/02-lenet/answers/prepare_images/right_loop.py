# Image by image in a loop; prints what it does.
def prepare_images(images):
    number, height, width = images.shape
    result = np.zeros((number, height, width, 1), np.float32)
    for place, image in enumerate(images):
        result[place, ..., 0] = image * (1 / 255)
    print("prepared", number, "images")
    return result
