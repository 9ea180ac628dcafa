# Np.roll, and only the one channel at the end is set to zero: for a radius of 2 and more neighbours come in from the other end (formula: max(0, i-r), min(N-1, i+r)).
# Loses: test_local_response_norm
# Told: as far as they exist
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    squares = images**2
    total = squares.copy()
    for shift in range(1, depth_radius + 1):
        right, left = np.roll(squares, shift, axis=-1), np.roll(squares, -shift, axis=-1)
        right[..., 0] = 0
        left[..., -1] = 0
        total += right + left
    return images / (bias + alpha * total) ** beta
