# The return is inside of the loop: only the first image comes back (passes the visible part, with one image).
# Loses: test_preprocess
# Told: only the first image is returned
def preprocess(images):
    prepared = []
    for image in images:
        prepared.append(image[:, :, ::-1].astype("float32") - np.array([103.939, 116.779, 123.68], "float32"))
        return np.stack(prepared)
