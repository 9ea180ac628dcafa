# Drops whole columns, the same for all images.
# Loses: test_dropout
# Told: a random number of its own
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    kept = np.broadcast_to(np.random.random(values.shape[-1]) >= rate, values.shape)
    return np.where(kept, values / (1 - rate), 0)
