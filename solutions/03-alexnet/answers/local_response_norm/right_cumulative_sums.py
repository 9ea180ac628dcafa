# Takes differences of cumulative sums, in double precision.
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    depth = images.shape[-1]
    running = np.concatenate([np.zeros(images.shape[:3] + (1,)), np.cumsum(np.square(images, dtype="float64"), axis=3)], axis=3)
    place = np.arange(depth)
    upper = np.minimum(place + depth_radius + 1, depth)
    lower = np.maximum(place - depth_radius, 0)
    return images / (bias + alpha * (running[..., upper] - running[..., lower])) ** beta
