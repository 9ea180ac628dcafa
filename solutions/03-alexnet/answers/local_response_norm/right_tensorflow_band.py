# A product with a band matrix, in TensorFlow; returns a tensor.
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    values = tf.convert_to_tensor(images)
    depth = values.shape[-1]
    reach = min(depth_radius, depth - 1)
    band = tf.linalg.band_part(tf.ones((depth, depth)), reach, reach)
    return values / tf.pow(bias + alpha * tf.tensordot(tf.square(values), band, 1), beta)
