# The place in the flat array is computed in the labels' dtype and overflows for uint8 ("of any integer dtype").
# Loses: test_top_k_error
# Told: An image should count as wrong exactly when its label is not among its own k largest logits
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    n, classes = logits.shape
    place = (np.arange(n).astype(labels.dtype) * np.array(classes).astype(labels.dtype) + labels)
    own = logits.ravel()[place]
    return float(np.mean((logits > own[:, None]).sum(axis=1) >= k))
