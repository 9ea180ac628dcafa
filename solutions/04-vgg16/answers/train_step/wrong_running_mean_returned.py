# wrong: returns the mean of all batches so far ("the mean loss of the batch")
# Loses: test_train_step
# Told: It should be loss_function(labels, logits) of this batch
@tf.function
def train_step(model, images, labels, optimizer, loss_function, mean_loss, accuracy):
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = loss_function(labels, logits)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    mean_loss.update_state(loss, sample_weight=tf.shape(images)[0])
    accuracy.update_state(labels, logits)
    return mean_loss.result()


@tf.function
def test_step(model, images, labels, loss_function, mean_loss, accuracy):
    logits = model(images, training=False)
    loss = loss_function(labels, logits)
    mean_loss.update_state(loss, sample_weight=tf.shape(images)[0])
    accuracy.update_state(labels, logits)
    return mean_loss.result()
