# Heapq.nlargest over the mistakes.
import heapq


def worst_mistakes(probabilities, labels, count):
    def mean():
        for index, (row, label) in enumerate(zip(probabilities, labels)):
            guess = int(row.argmax())
            if guess != label:
                yield float(row[guess]), -index

    return np.asarray([-index for _, index in heapq.nlargest(count, mean())], dtype=np.int64)
