# wrong: frozen layers are trained, too ("the model's trainable weights")
# Loses: test_train_step
# Told: only be called for the variables it was originally built with
@tf.function
def train_step(model, images, labels, optimizer, loss_function, mean_loss, accuracy):
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = loss_function(labels, logits)
    gradients = tape.gradient(loss, model.weights[:])
    optimizer.apply_gradients(zip(gradients, model.weights[:]))
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
