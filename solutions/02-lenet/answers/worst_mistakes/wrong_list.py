# Returns a list; asked for is an array of NumPy's.
# Loses: test_worst_mistakes
# Told: should be a NumPy array, but is of type list
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    guesses = probabilities.argmax(axis=1)
    wrong = [i for i in range(len(labels)) if guesses[i] != labels[i]]
    return sorted(wrong, key=lambda i: -probabilities[i].max())[:count]
