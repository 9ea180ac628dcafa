# Beta is the power of the sum only, not of the whole denominator.
# Loses: test_local_response_norm
# Told: β is applied to the sum
def local_response_norm(images, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    r, c = depth_radius, images.shape[3]
    squares = np.pad(np.square(images), ((0, 0), (0, 0), (0, 0), (r, r)))
    total = sum(squares[..., shift:shift + c] for shift in range(2 * r + 1))
    return images / (bias + alpha * total ** beta)
