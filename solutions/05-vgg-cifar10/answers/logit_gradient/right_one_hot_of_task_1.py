# Uses the notebook's own one_hot of task 1.
def logit_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    def softmax(z):
        e = np.exp(z - np.max(z, axis=-1, keepdims=True))
        return e / np.sum(e, axis=-1, keepdims=True)

    predicted_, right = softmax(logits), one_hot(labels, logits.shape[-1])
    return (predicted_ - right) / logits.shape[0]
