# right: Keras metrics that are updated batch by batch; tf.data
def evaluate(model, images, labels, batch_size=1000):
    loss = tf.keras.metrics.SparseCategoricalCrossentropy(from_logits=True)
    accuracy = tf.keras.metrics.SparseCategoricalAccuracy()
    count = 0
    for batch, truth in tf.data.Dataset.from_tensor_slices((images, labels)).batch(batch_size):
        logits = model(batch, training=False)
        loss.update_state(truth, logits)
        accuracy.update_state(truth, logits)
        count += int(tf.reduce_sum(tf.cast(tf.argmax(logits, 1) != tf.cast(truth, tf.int64), tf.int64)))
    return float(loss.result()), float(accuracy.result()), count
