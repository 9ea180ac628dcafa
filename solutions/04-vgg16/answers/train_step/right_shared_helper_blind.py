# right: a helper for forward and book-keeping; optimizer.apply
def forward(model, images, labels, loss_function, training):
    logits = model(images, training=training)
    return logits, loss_function(labels, logits)


def note(mean_loss, accuracy, labels, logits, loss):
    count = tf.cast(tf.shape(labels)[0], tf.float32)
    mean_loss.update_state(loss, count)
    accuracy.update_state(labels, logits)


@tf.function
def train_step(model, images, labels, optimizer, loss_function, mean_loss, accuracy):
    with tf.GradientTape() as tape:
        logits, loss = forward(model, images, labels, loss_function, True)
    optimizer.apply(tape.gradient(loss, model.trainable_weights), model.trainable_weights)
    note(mean_loss, accuracy, labels, logits, loss)
    return loss


@tf.function
def test_step(model, images, labels, loss_function, mean_loss, accuracy):
    logits, loss = forward(model, images, labels, loss_function, False)
    note(mean_loss, accuracy, labels, logits, loss)
    return loss
