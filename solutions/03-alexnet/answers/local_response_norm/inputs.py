"""Feature maps and constants for local_response_norm; the radius may reach beyond all channels."""


def inputs(rng):
    while True:
        images = rng.normal(0, 10, rng.integers(1, 9, 4)).astype("float32")
        options = {"depth_radius": int(rng.integers(0, 9)), "bias": float(rng.uniform(0.5, 3)),
                   "alpha": float(rng.uniform(0, 2)), "beta": float(rng.uniform(0.1, 1.5))}
        yield (images,), {name: value for name, value in options.items() if rng.random() < 0.7}
