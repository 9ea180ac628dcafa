# Filters first, then sorts by a key.
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    guesses = probabilities.argmax(axis=-1)
    wrong = [i for i in range(len(labels)) if guesses[i] != labels[i]]
    return np.array(sorted(wrong, key=lambda i: -probabilities[i, guesses[i]])[:count], dtype=int)
