# TensorFlow pads, gathers and clips; a helper in an added cell throws the dice, with a choice for the flip.
def throw(count: int, padding: int, sigma: float, rng: np.random.Generator) -> dict:
    return {
        "flip": rng.choice([False, True], size=count),
        "corner": rng.integers(low=-padding, high=padding, size=(count, 2), endpoint=True) + padding,
        "alpha": sigma * rng.standard_normal((3, count)),
    }
# %%
def augment(images, labels, padding, components, sigma, rng):
    count, height, width, _ = images.shape
    dice = throw(count, padding, sigma, rng)
    colour = tf.cast((np.asarray(components[1]) * np.asarray(components[0]) @ dice["alpha"]).T, tf.float32)
    frames = tf.pad(images, [[0, 0], [padding, padding], [padding, padding], [0, 0]], mode="REFLECT")
    pieces = tf.stack([frame[top : top + height, left : left + width] for frame, (top, left) in zip(frames, dice["corner"])])
    pieces = tf.where(dice["flip"][:, None, None, None], tf.reverse(pieces, axis=[2]), pieces)
    print("made", count, "new images")
    return tf.clip_by_value(pieces + colour[:, None, None, :], 0.0, 1.0), tf.constant(labels)
