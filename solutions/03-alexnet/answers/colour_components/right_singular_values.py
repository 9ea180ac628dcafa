# Singular values of the centred pixels.
def colour_components(images: np.ndarray) -> tuple:
    pixels = images.reshape(-1, 3).astype("float64")
    centred = pixels - pixels.mean(axis=0)
    _, lengths, rows = np.linalg.svd(centred, full_matrices=False) if len(centred) >= 3 else np.linalg.svd(np.vstack([centred, np.zeros((3, 3))]), full_matrices=False)
    return lengths**2 / len(pixels), rows.T
