# Every entry of the matrix by hand, eigh, pairs of value and vector sorted by Python.
def colour_components(images: np.ndarray) -> tuple:
    red, green, blue = (images[..., c].astype(float).ravel() for c in range(3))
    channels = [channel - channel.mean() for channel in (red, green, blue)]
    c = np.array([[np.mean(a * b) for b in channels] for a in channels])
    values, vectors = np.linalg.eigh(c)
    pairs = sorted(zip(values, vectors.T), key=lambda pair: -pair[0])
    return np.array([value for value, _ in pairs]), np.stack([vector for _, vector in pairs], axis=1)
