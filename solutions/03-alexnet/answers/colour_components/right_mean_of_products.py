# Mean of products minus product of means; np.linalg.eig, sorted; float32 results and a helper in an added cell.
def covariance_of(points: np.ndarray) -> np.ndarray:
    centre = points.mean(axis=0)
    return np.einsum("pi,pj->ij", points, points) / points.shape[0] - np.outer(centre, centre)
# %%
def colour_components(images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    points = np.array([images[..., channel].ravel() for channel in range(3)], dtype=float).T
    lengths, axes = np.linalg.eig(covariance_of(points))
    lengths, axes = lengths.real, axes.real
    ranking = sorted(range(3), key=lambda place: lengths[place], reverse=True)
    return lengths[ranking].astype("float32"), -axes[:, ranking].astype("float32")
