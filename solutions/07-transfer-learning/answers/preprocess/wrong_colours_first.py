# Puts the colours before rows and columns.
# Loses: test_preprocess
# Told: the colours come before rows and columns
def preprocess(images):
    blue, green, red = images[..., 2], images[..., 1], images[..., 0]
    planes = [plane.astype("float32") - mean for plane, mean in ((blue, 103.939), (green, 116.779), (red, 123.68))]
    return np.stack(planes, axis=1)
