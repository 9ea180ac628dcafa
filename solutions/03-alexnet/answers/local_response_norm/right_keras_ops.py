# Keras.ops, a boolean mask over pairs of channels.
import keras


def local_response_norm(images, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75):
    images = keras.ops.convert_to_tensor(images)
    i = keras.ops.arange(images.shape[-1])
    mask = keras.ops.cast(keras.ops.abs(i[:, None] - i) <= depth_radius, images.dtype)
    count = keras.ops.einsum("nhwj,ji->nhwi", keras.ops.square(images), mask)
    return keras.ops.divide(images, keras.ops.power(bias + alpha * count, beta))
