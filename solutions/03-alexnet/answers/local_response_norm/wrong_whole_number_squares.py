# The squares are computed in integers, so fractions are cut off (formula: a_j squared, images are float32).
# Loses: test_local_response_norm
# Told: as far as they exist
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    squares = images.astype("int64") ** 2
    out = np.zeros_like(images)
    for i in range(images.shape[-1]):
        out[..., i] = images[..., i] / (bias + alpha * squares[..., max(0, i - depth_radius) : i + depth_radius + 1].sum(-1)) ** beta
    return out
