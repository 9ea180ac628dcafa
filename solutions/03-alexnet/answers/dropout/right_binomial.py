# A binomial throw for each value.
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not 0 <= rate < 1:
        raise ValueError("rate: 0 to less than 1")
    if not training:
        return values
    keep = 1 - rate
    expected = np.random.binomial(1, keep, size=np.shape(values))
    return (values * expected / keep).astype(values.dtype)
