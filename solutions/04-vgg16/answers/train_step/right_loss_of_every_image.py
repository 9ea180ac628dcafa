# The mean loss repeated for each image, so that every image counts once.
@tf.function
def train_step(model, images, labels, optimizer, loss_function, mean_loss, accuracy):
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = loss_function(labels, logits)
    gradients = tape.gradient(loss, model.trainable_weights)
    optimizer.apply_gradients(list(zip(gradients, model.trainable_weights)))
    mean_loss.update_state(tf.repeat(loss, tf.shape(logits)[0]))
    accuracy.update_state(labels, tf.nn.softmax(logits))
    return loss


@tf.function
def test_step(model, images, labels, loss_function, mean_loss, accuracy):
    logits = model(images, training=False)
    loss = loss_function(labels, logits)
    mean_loss.update_state(tf.repeat(loss, tf.shape(logits)[0]))
    accuracy.update_state(labels, tf.nn.softmax(logits))
    return loss
