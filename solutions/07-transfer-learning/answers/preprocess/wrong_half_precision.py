# Computed in float16.
# Loses: test_preprocess
# Told: Follow the table
def preprocess(images: np.ndarray) -> np.ndarray:
    mean = np.array([103.939, 116.779, 123.68])
    return (images[..., ::-1].astype("float16") - mean.astype("float16")).astype("float32")
