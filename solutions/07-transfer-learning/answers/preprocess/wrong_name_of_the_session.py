# Uses a name that a deleted cell of the student's session had defined.
# Loses: test_preprocess
# Told: a name that exists only in your session
def preprocess(images):
    return images[..., ::-1].astype("float32") - imagenet_mean
