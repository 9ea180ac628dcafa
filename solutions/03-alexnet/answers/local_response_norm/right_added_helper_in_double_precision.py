# A helper in an added cell sums the squares; double precision throughout, and a line is printed.
def squares_around(values, channel, radius):
    lowest, highest = max(0, channel - radius), min(values.shape[-1] - 1, channel + radius)
    return sum(np.square(values[:, :, :, other]) for other in range(lowest, highest + 1))
# %%
def local_response_norm(images, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    print("normalising", images.shape)
    values = images.astype(np.float64)
    denominators = [(bias + alpha * squares_around(values, channel, depth_radius)) ** beta for channel in range(values.shape[-1])]
    return values / np.stack(denominators, axis=-1)
