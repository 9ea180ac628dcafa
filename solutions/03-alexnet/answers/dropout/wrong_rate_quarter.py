# A quarter is dropped whatever the rate is (argument rate), the scale follows the rate.
# Loses: test_dropout
# Told: of negative values as well,
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    return np.where(np.random.randint(0, 4, values.shape) == 0, 0, values / (1 - rate))
