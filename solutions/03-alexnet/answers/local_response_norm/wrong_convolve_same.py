# Np.convolve mode "same" has the length of the longer one, so a radius with 2r + 1 > channels fails ("It may be larger than the number of channels").
# Loses: test_local_response_norm
# Told: but has shape
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    summed = np.apply_along_axis(lambda pixel: np.convolve(pixel**2, np.ones(2 * depth_radius + 1), "same"), -1, images)
    return images / (bias + alpha * summed) ** beta
