# SVD of the symmetric covariance: sorted already.
def colour_components(images: np.ndarray) -> tuple:
    covariance = np.cov([images[..., channel].ravel() for channel in range(3)], bias=True)
    directions, variances, _ = np.linalg.svd(covariance)
    return variances, directions
