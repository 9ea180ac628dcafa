# Four loops of plain Python, as in the formula.
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    n, height, width, channels = images.shape
    b = np.zeros(images.shape, "float32")
    for image in range(n):
        for y in range(height):
            for x in range(width):
                a = [float(value) for value in images[image, y, x]]
                for i in range(channels):
                    total = sum(a[j] ** 2 for j in range(max(0, i - depth_radius), min(channels - 1, i + depth_radius) + 1))
                    b[image, y, x, i] = a[i] / (bias + alpha * total) ** beta
    return b
