# Calls the ready-made operation.
# Loses: test_local_response_norm
# Told: ready-made operation
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    return tf.nn.local_response_normalization(images, depth_radius, bias, alpha, beta).numpy()
