# Squares the values in place, so that the caller's array changes.
# Loses: test_local_response_norm
# Told: work on a copy
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    originals = images.copy()
    images *= images
    result = np.zeros_like(images)
    for channel in range(images.shape[3]):
        total = images[..., max(0, channel - depth_radius) : channel + depth_radius + 1].sum(axis=-1)
        result[..., channel] = originals[..., channel] / (bias + alpha * total) ** beta
    return result
