# Sorts a plain list of pairs, and makes an array at the end.
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    mistakes = []
    for i, row in enumerate(probabilities):
        guess = int(np.argmax(row))
        if guess != labels[i]:
            mistakes.append((float(row[guess]), i))
    mistakes.sort(reverse=True)
    return np.array([i for _, i in mistakes[:count]], dtype=int)
