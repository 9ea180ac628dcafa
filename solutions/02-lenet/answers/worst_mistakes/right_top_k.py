# The order comes from tf.math.top_k.
def worst_mistakes(probabilities, labels, count):
    p = tf.constant(probabilities)
    wrong = tf.where(tf.argmax(p, 1) != tf.cast(labels, tf.int64))[:, 0]
    sure = tf.gather(tf.reduce_max(p, axis=1), wrong)
    order = tf.math.top_k(sure, k=min(count, len(wrong))).indices
    return tf.gather(wrong, order).numpy()
