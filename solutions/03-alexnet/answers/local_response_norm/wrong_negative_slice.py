# The slice starts at a negative place for the first channels and is empty.
# Loses: test_local_response_norm
# Told: the sum of the first channel is empty
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    result = np.zeros_like(images)
    for channel in range(images.shape[3]):
        around = images[..., channel - depth_radius : channel + depth_radius + 1]
        result[..., channel] = images[..., channel] / (bias + alpha * np.sum(around**2, axis=-1)) ** beta
    return result
