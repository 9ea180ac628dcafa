# The probabilities from their logarithms.
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    z = logits.astype("float64")
    gradient = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
    np.subtract.at(gradient, (np.arange(len(z)), labels.astype(int)), 1.0)
    return gradient / z.shape[0]
