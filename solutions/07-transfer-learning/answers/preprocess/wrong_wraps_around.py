# Subtracts in uint8, where 0 - 104 is 152.
# Loses: test_preprocess
# Told: is done in uint8
def preprocess(images):
    mean = np.array([104, 117, 124], "uint8")
    return (images[..., ::-1] - mean.astype(images.dtype)).astype("float32")
