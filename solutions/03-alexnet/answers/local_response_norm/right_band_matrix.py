# A matrix of ones near the diagonal sums the neighbours.
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    place = np.arange(images.shape[-1])
    near = (np.abs(place[:, None] - place[None, :]) <= depth_radius).astype(images.dtype)
    mean = np.square(images) @ near
    return images * (bias + alpha * mean) ** -beta
