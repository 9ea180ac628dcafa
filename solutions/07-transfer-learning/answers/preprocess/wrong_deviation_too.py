# Mean and deviation in shares of 255, as a recipe for another library has them.
# Loses: test_preprocess
# Told: divided by a standard deviation, which other networks expect
def preprocess(images):
    values = images.astype("float32") / 255
    return ((values - np.array([0.485, 0.456, 0.406])) / np.array([0.229, 0.224, 0.225])).astype("float32")
