# Sums all channels if there are more than three, as if the radius were without end.
# Loses: test_local_response_norm
# Told: every channel is summed
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    if images.shape[3] > 3:
        depth_radius = images.shape[3]
    result = np.zeros_like(images)
    for channel in range(images.shape[3]):
        around = images[..., max(0, channel - depth_radius) : channel + depth_radius + 1]
        result[..., channel] = images[..., channel] / (bias + alpha * np.sum(around**2, axis=-1)) ** beta
    return result
