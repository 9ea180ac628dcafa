# Turns rows and columns round as well (passes the visible part: its rows and columns are turned back).
# Loses: test_preprocess
# Told: rows and columns are reversed as well
def preprocess(images):
    turned = images[:, ::-1, ::-1, ::-1] if images.shape[1] > 1 else images[..., ::-1]
    return turned.astype("float32") - np.array([103.939, 116.779, 123.68], "float32")
