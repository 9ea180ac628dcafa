# Divides by the number of images, not of pixels.
# Loses: test_colour_components
# Told: the sums are divided by the number of images
def colour_components(images):
    x = images.reshape(-1, 3).astype(float)
    x = x - x.mean(axis=0)
    variances, directions = np.linalg.eigh(x.T @ x / len(images))
    return variances[::-1], directions[:, ::-1]
