# Windows as a view of the padded squares.
from numpy.lib.stride_tricks import sliding_window_view as windows


def local_response_norm(
    images: np.ndarray, depth_radius: int = 2, bias: float = 2.0, alpha: float = 1e-4, beta: float = 0.75
) -> np.ndarray:
    if depth_radius < 0:
        raise ValueError("depth_radius is 0 or more")
    frame = [(0, 0)] * (images.ndim - 1) + [(depth_radius,) * 2]
    if (n := 2 * depth_radius + 1) == 1:
        print("only the channel itself")
    total = windows(np.pad(images * images, frame), n, axis=-1).sum(-1)
    return (images / (bias + alpha * total) ** beta).astype("float32")
