# Subtracts the mean of the images at hand; fits none of the pixels by hand.
# Loses: test_preprocess
# Told: it should be that of VGG-16's training images
def preprocess(images):
    turned = images[..., ::-1].astype("float32")
    return turned - turned.mean(axis=(0, 1, 2))
