# Takes the second axis for the channels, as in arrays with channels first.
# Loses: test_local_response_norm
# Told: the square of the channel itself is used alone
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    result = np.zeros_like(images)
    for channel in range(images.shape[1]):
        around = images[:, max(0, channel - depth_radius) : channel + depth_radius + 1]
        result[:, channel] = images[:, channel] / (bias + alpha * np.sum(around**2, axis=1)) ** beta
    return result
