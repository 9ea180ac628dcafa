# The ready-made operation, stored under a name of one's own before ("write it yourself").
# Loses: test_local_response_norm
# Told: calls TensorFlow's ready-made operation
normalise_channels = tf.nn.local_response_normalization


def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    return normalise_channels(images, depth_radius, bias, alpha, beta)
