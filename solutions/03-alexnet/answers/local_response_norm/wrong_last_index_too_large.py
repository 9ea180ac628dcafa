# Loops over j up to N instead of N - 1.
# Loses: test_local_response_norm
# Told: out of bounds
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    number = images.shape[3]
    result = np.zeros_like(images)
    for i in range(number):
        total = 0
        for j in range(max(0, i - depth_radius), min(number, i + depth_radius) + 1):
            total = total + images[..., j] ** 2
        result[..., i] = images[..., i] / (bias + alpha * total) ** beta
    return result
