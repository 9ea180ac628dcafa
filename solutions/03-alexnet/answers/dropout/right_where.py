# NumPy, np.where.
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    """Inverted dropout."""
    if not training:
        return values
    kept = np.random.default_rng().random(values.shape) >= rate
    return np.where(kept, values / (1 - rate), 0)
