# Np.convolve of every pixel with 2r + 1 ones, the middle cut out of the full result.
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    channels = images.shape[3]

    def summed(pixel):
        return np.convolve(pixel**2, np.ones(2 * depth_radius + 1), mode="full")[depth_radius:][:channels]

    return images / (bias + alpha * np.apply_along_axis(summed, -1, images)) ** beta
