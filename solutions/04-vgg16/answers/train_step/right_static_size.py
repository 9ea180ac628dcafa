# right: the number of images from the static shape; reduce_retracing left out, tf.function called with brackets
@tf.function()
def train_step(model, images, labels, optimizer, loss_function, mean_loss, accuracy):
    """Forward, backward, update, book-keeping."""
    with tf.GradientTape(persistent=False) as tape:
        loss = loss_function(labels, (logits := model(images, training=True)))
    network = model.trainable_variables
    optimizer.apply_gradients([(g, v) for g, v in zip(tape.gradient(loss, network), network, strict=True)])
    for metric, update in ((mean_loss, (loss, images.shape[0])), (accuracy, (labels, logits))):
        metric.update_state(*update)
    return loss


@tf.function()
def test_step(model, images, labels, loss_function, mean_loss, accuracy):
    loss = loss_function(labels, (logits := model(images, training=False)))
    for metric, update in ((mean_loss, (loss, images.shape[0])), (accuracy, (labels, logits))):
        metric.update_state(*update)
    return loss
