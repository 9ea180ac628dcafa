# Goes from channel to channel and sums a slice around each.
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    result = np.empty_like(images)
    for channel in range(images.shape[3]):
        first = max(0, channel - depth_radius)
        around = images[..., first : channel + depth_radius + 1]
        result[..., channel] = images[..., channel] / (bias + alpha * (around**2).sum(axis=-1)) ** beta
    return result
