# Pads the channels with zeros and adds shifted copies.
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    depth = images.shape[-1]
    squares = np.pad(images**2, [(0, 0), (0, 0), (0, 0), (depth_radius, depth_radius)])
    total = sum(squares[..., shift : shift + depth] for shift in range(2 * depth_radius + 1))
    return images * np.power(bias + alpha * total, -beta)
