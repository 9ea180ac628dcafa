# A mask from a binomial distribution.
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if training is False:
        return values.copy()
    survival = 1.0 - rate
    mask = np.random.default_rng().binomial(1, survival, size=values.shape)
    return values * mask / survival
