# Sparse targets are made a matrix first; helper functions.
def log_softmax(values):
    values = values - np.max(values, axis=-1, keepdims=True)
    return values - np.log(np.sum(np.exp(values), axis=-1, keepdims=True))

def as_distribution(targets, count):
    match targets.ndim:
        case 1:
            return (targets.reshape(-1, 1) == np.arange(count)).astype("float64")
        case 2:
            return targets
        case _:
            raise ValueError("targets need one or two axes")

def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    return -float(np.sum(as_distribution(targets, logits.shape[1]) * log_softmax(logits.astype("float64"))) / logits.shape[0])
