# Uses tf.math.top_k over the mistakes.
def worst_mistakes(probabilities: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    guess = tf.argmax(probabilities, axis=1)
    places = tf.reshape(tf.where(guess != tf.cast(labels, tf.int64)), [-1])
    sure = tf.gather(tf.reduce_max(probabilities, axis=1), places)
    _, best = tf.math.top_k(sure, k=min(count, int(tf.size(places))))
    return tf.gather(places, best).numpy()
