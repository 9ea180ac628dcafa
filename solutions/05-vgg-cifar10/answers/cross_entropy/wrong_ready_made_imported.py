# A ready-made loss, bound when the cell runs.
# Loses: test_cross_entropy
# Told: ready-made loss
from tensorflow.nn import softmax_cross_entropy_with_logits as _soft
from tensorflow.nn import sparse_softmax_cross_entropy_with_logits as _hard

def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    logits = np.asarray(logits, "float64")
    loss = _hard(targets.astype("int64"), logits) if np.ndim(targets) == 1 else _soft(np.asarray(targets, "float64"), logits)
    return float(np.mean(loss))
