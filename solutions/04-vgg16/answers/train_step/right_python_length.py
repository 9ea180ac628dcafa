# The number of images from the shape that is known while tracing; tf.function as a call.
def _learn(model, images, labels, optimizer, loss_function, mean_loss, accuracy):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        for variable in model.trainable_variables:
            tape.watch(variable.value)
        logits = model(images, training=True)
        loss = loss_function(labels, logits)
    gradients = tape.gradient(loss, [variable.value for variable in model.trainable_variables])
    optimizer.apply(gradients, model.trainable_variables)
    mean_loss.update_state(loss, sample_weight=images.shape[0])
    accuracy.update_state(labels, logits)
    return loss


def _measure(model, images, labels, loss_function, mean_loss, accuracy):
    logits = model(images, training=False)
    loss = loss_function(labels, logits)
    mean_loss.update_state(loss, sample_weight=images.shape[0])
    accuracy.update_state(labels, logits)
    return loss


train_step = tf.function(_learn)
test_step = tf.function(_measure)
