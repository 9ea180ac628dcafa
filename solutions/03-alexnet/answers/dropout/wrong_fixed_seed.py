# The same values are dropped in each call.
# Loses: test_dropout
# Told: a second call should drop other values
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    kept = np.random.default_rng(0).random(values.shape) >= rate
    return np.where(kept, values / (1 - rate), 0)
