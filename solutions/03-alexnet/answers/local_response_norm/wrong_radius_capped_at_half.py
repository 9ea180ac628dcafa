# The radius is capped at half of the channels, so with a large radius the far channels are missing from the sum ("so many channels on each side take part").
# Loses: test_local_response_norm
# Told: as far as they exist
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    channels = images.shape[-1]
    r = min(depth_radius, channels // 2)
    padded = np.pad(images**2, ((0, 0), (0, 0), (0, 0), (r, r)))
    total = sum(padded[..., k : k + channels] for k in range(2 * r + 1))
    return images / (bias + alpha * total) ** beta
