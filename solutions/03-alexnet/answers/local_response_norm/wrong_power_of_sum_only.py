# Beta is applied to the sum before k is added (formula: (k + alpha sum)^beta); right for beta = 1.
# Loses: test_local_response_norm
# Told: β is applied to α times the sum
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    padded = np.pad(images**2, ((0, 0), (0, 0), (0, 0), (depth_radius, depth_radius)))
    total = sum(padded[..., k : k + images.shape[-1]] for k in range(2 * depth_radius + 1))
    return images / (bias + (alpha * total) ** beta)
