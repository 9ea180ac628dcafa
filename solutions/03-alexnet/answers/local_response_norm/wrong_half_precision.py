# Squares in float16 overflow above 255 (images are float32 and may hold any value).
# Loses: test_local_response_norm
# Told: room for the squares of large values
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    squares = images.astype("float16") ** 2
    total = np.zeros(images.shape, "float32")
    for i in range(images.shape[-1]):
        total[..., i] = squares[..., max(0, i - depth_radius) : i + depth_radius + 1].sum(-1)
    return images / (bias + alpha * total) ** beta
