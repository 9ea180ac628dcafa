# A loop that counts the misses.
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    wrong = 0
    for row, label in zip(logits, labels):
        best = sorted(range(len(row)), key=lambda place: row[place], reverse=True)[:k]
        if int(label) not in best:
            wrong += 1
    return wrong / len(labels)
