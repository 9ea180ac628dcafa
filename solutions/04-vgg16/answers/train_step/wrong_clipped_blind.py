# wrong: gradients are clipped to 0.01 each ("the optimiser changes the weights" by the gradients)
# Loses: test_train_step
# Told: The optimiser should get the gradients of the loss as they are
@tf.function
def train_step(model, images, labels, optimizer, loss_function, mean_loss, accuracy):
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = loss_function(labels, logits)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip([tf.clip_by_value(g, -0.01, 0.01) for g in gradients], model.trainable_variables))
    mean_loss.update_state(loss, sample_weight=tf.shape(images)[0])
    accuracy.update_state(labels, logits)
    return loss


@tf.function
def test_step(model, images, labels, loss_function, mean_loss, accuracy):
    logits = model(images, training=False)
    loss = loss_function(labels, logits)
    mean_loss.update_state(loss, sample_weight=tf.shape(images)[0])
    accuracy.update_state(labels, logits)
    return loss
