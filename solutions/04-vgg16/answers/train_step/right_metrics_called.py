# right: metrics updated by a call, before the weights change; variables watched by hand
@tf.function
def train_step(model, images, labels, optimizer, loss_function, mean_loss, accuracy):
    weights = model.trainable_variables
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch([weight.value for weight in weights])
        expected = model(images, training=True)
        loss = loss_function(labels, expected)
    mean_loss(loss, sample_weight=len(labels))
    accuracy(labels, expected)
    optimizer.apply_gradients(list(zip(tape.gradient(loss, weights), weights)))
    return tf.identity(loss)


@tf.function
def test_step(model, images, labels, loss_function, mean_loss, accuracy):
    expected = model(images, training=False)
    loss = loss_function(labels, expected)
    mean_loss(loss, sample_weight=len(labels))
    accuracy(labels, expected)
    return tf.identity(loss)
