# right: a loop over slices, sums over images, log-sum-exp in NumPy with the maximum taken off
def evaluate(model, images, labels, batch_size=1000):
    total, wrong = 0.0, 0
    for start in range(0, len(images), batch_size):
        part = slice(start, start + batch_size)
        logits = np.asarray(model(images[part], training=False), dtype="float64")
        logits -= logits.max(axis=1, keepdims=True)
        truth = labels[part].astype(int)
        total += float(np.sum(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(truth)), truth]))
        wrong += int(np.count_nonzero(logits.argmax(axis=1) != truth))
    return total / len(images), 1 - wrong / len(images), wrong
