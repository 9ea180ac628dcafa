# right: means of batches, weighted by how many images each has (np.average)
def evaluate(model, images, labels, batch_size=1000):
    rows = []
    for first in range(0, len(labels), batch_size):
        x, y = images[first : first + batch_size], labels[first : first + batch_size]
        logits = model.predict_on_batch(x)
        mean = np.mean(tf.keras.losses.sparse_categorical_crossentropy(y, logits, from_logits=True))
        rows.append((mean, np.mean(logits.argmax(1) == y), len(y)))
    means, shares, sizes = zip(*rows)
    share = float(np.average(shares, weights=sizes))
    return float(np.average(means, weights=sizes)), share, int(round((1 - share) * sum(sizes)))
