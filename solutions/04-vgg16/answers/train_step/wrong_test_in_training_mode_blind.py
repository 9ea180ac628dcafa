# wrong: test_step is in training mode for networks with dropout layers ("in inference mode")
# Loses: test_train_step
# Told: In inference mode nothing is dropped, and the moving averages are used
@tf.function
def train_step(model, images, labels, optimizer, loss_function, mean_loss, accuracy):
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = loss_function(labels, logits)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    mean_loss.update_state(loss, sample_weight=tf.shape(images)[0])
    accuracy.update_state(labels, logits)
    return loss


@tf.function
def test_step(model, images, labels, loss_function, mean_loss, accuracy):
    logits = model(images, training=any(isinstance(layer, tf.keras.layers.Dropout) for layer in model.layers))
    loss = loss_function(labels, logits)
    mean_loss.update_state(loss, sample_weight=tf.shape(images)[0])
    accuracy.update_state(labels, logits)
    return loss
