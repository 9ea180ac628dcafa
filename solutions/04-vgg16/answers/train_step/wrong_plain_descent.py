# wrong: takes a plain step of gradient descent and only counts for the optimiser ("optimizer: it changes the model's trainable weights")
# Loses: test_train_step
# Told: The optimiser alone should change the weights
@tf.function
def train_step(model, images, labels, optimizer, loss_function, mean_loss, accuracy):
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = loss_function(labels, logits)
    gradients = tape.gradient(loss, model.trainable_variables)
    for weight, slope in zip(model.trainable_variables, gradients):
        weight.assign_sub(optimizer.learning_rate * slope)
    optimizer.iterations.assign_add(1)
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
