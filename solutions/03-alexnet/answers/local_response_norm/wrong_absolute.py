# The sign of negative values is lost (formula: a_i in the numerator).
# Loses: test_local_response_norm
# Told: the sign of the values is lost
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    values = np.abs(images)
    out = np.zeros_like(values)
    for i in range(values.shape[-1]):
        near = values[..., max(0, i - depth_radius) : i + depth_radius + 1]
        out[..., i] = values[..., i] / (bias + alpha * (near**2).sum(-1)) ** beta
    return out
