# TensorFlow's ready-made operation, reached by another way ("write it yourself").
# Loses: test_local_response_norm
# Told: calls TensorFlow's ready-made operation
from tensorflow.python.ops import gen_nn_ops


def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    return gen_nn_ops.lrn(images, depth_radius=depth_radius, bias=bias, alpha=alpha, beta=beta)
