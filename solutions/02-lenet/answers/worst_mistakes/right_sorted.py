# Python's sorted with a key; an integer array also for no mistakes.
def worst_mistakes(probabilities, labels, count):
    predicted = np.argmax(probabilities, axis=-1)
    wrong = [i for i in range(len(labels)) if predicted[i] != labels[i]]
    wrong.sort(key=lambda i: probabilities[i, predicted[i]], reverse=True)
    return np.array(wrong[:count], dtype=int)
