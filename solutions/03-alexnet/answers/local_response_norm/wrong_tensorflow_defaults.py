# Right, but its defaults are those of TensorFlow's operation.
# Loses: test_local_response_norm
# Told: the defaults are those of TensorFlow
def local_response_norm(
    images: np.ndarray, depth_radius: int = 5, bias: float = 1.0, alpha: float = 1.0, beta: float = 0.5
) -> np.ndarray:
    result = np.zeros_like(images)
    for channel in range(images.shape[3]):
        around = images[..., max(0, channel - depth_radius) : channel + depth_radius + 1]
        result[..., channel] = images[..., channel] / (bias + alpha * np.sum(around**2, axis=-1)) ** beta
    return result
