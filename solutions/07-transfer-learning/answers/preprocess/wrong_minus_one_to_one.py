# Values from -1 to 1, as other networks expect them.
# Loses: test_preprocess
# Told: scaled to the range from -1 to 1
def preprocess(images):
    return images[..., ::-1].astype("float32") / 127.5 - 1
