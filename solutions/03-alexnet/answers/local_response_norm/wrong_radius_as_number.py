# Takes depth_radius for the number of channels in all, as the paper's n; two test values of radius 1 look alike with max.
# Loses: test_local_response_norm
# Told: taken for the number of channels
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    half = max(1, depth_radius // 2)
    result = np.empty_like(images)
    for channel in range(images.shape[3]):
        around = images[..., max(0, channel - half) : channel + half + 1]
        result[..., channel] = images[..., channel] / (bias + alpha * np.sum(around**2, axis=-1)) ** beta
    return result
