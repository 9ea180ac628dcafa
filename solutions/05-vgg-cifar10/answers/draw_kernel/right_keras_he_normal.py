# Keras's he_normal and glorot_normal: cut off at two deviations, with the right variance.
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    match scheme:
        case "he":
            initializer = tf.keras.initializers.HeNormal(seed=seed)
        case "glorot":
            initializer = tf.keras.initializers.GlorotNormal(seed=seed)
        case _:
            raise ValueError(f"{scheme} is no scheme")
    return initializer(shape).numpy()
