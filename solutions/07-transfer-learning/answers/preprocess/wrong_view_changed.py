# Float32 images are changed, since a view of them is written to.
# Loses: test_preprocess
# Told: changed the array
def preprocess(images: np.ndarray) -> np.ndarray:
    mean = np.array([103.939, 116.779, 123.68])
    result = images.astype("float32", copy=False)[..., ::-1]
    result -= mean.astype("float32")
    return result
