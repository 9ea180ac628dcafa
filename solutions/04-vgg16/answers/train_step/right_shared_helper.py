# A helper does the book-keeping for both steps.
def note(labels, logits, loss, mean_loss, accuracy):
    count = tf.cast(tf.size(labels), loss.dtype)
    mean_loss(loss, sample_weight=count)
    accuracy(labels, logits)


@tf.function
def train_step(model, images, labels, optimizer, loss_function, mean_loss, accuracy):
    variables = model.trainable_variables
    with tf.GradientTape() as t:
        predictions = model(images, training=True)
        value = loss_function(labels, predictions)
    optimizer.apply(t.gradient(value, variables), variables)
    note(labels, predictions, value, mean_loss, accuracy)
    return value


@tf.function
def test_step(model, images, labels, loss_function, mean_loss, accuracy):
    predictions = model(images)
    value = loss_function(labels, predictions)
    note(labels, predictions, value, mean_loss, accuracy)
    return value
