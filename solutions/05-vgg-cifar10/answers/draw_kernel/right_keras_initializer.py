# Keras's initialisers do the same.
def draw_kernel(shape: tuple, scheme: str, seed: int) -> np.ndarray:
    classes = {"he": tf.keras.initializers.HeNormal, "glorot": tf.keras.initializers.GlorotNormal}
    try:
        chosen = classes[scheme]
    except KeyError:
        raise ValueError("scheme is he or glorot") from None
    return chosen(seed=seed)(shape)
