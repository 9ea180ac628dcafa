# Squares the sum instead of summing squares.
# Loses: test_local_response_norm
# Told: the sum is squared
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    result = np.zeros_like(images)
    for channel in range(images.shape[3]):
        around = images[..., max(0, channel - depth_radius) : channel + depth_radius + 1]
        result[..., channel] = images[..., channel] / (bias + alpha * np.sum(around, axis=-1) ** 2) ** beta
    return result
