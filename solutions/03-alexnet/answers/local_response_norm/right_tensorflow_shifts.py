# TensorFlow; the padded squares are shifted and added 2r + 1 times.
def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> tf.Tensor:
    images = tf.convert_to_tensor(images)
    depth = images.shape[-1]
    padded = tf.pad(tf.square(images), [[0, 0], [0, 0], [0, 0], [depth_radius, depth_radius]])
    layers = [padded[..., shift : shift + depth] for shift in range(2 * depth_radius + 1)]
    return images / tf.pow(bias + alpha * tf.add_n(layers), beta)
