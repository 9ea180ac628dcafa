# Right images get the confidence -inf, the list is cut to the number of mistakes.
def worst_mistakes(probabilities, labels, count):
    guesses = probabilities.argmax(axis=1)
    confidence = np.take_along_axis(probabilities, guesses[:, None], axis=1)[:, 0].astype(float)
    confidence = np.where(guesses == labels, -np.inf, confidence)
    return np.argsort(confidence)[::-1][: min(count, int((guesses != labels).sum()))]
