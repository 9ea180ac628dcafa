# wrong: the network of the first call is kept in a global list and trained ever after ("Nothing but the arguments is used")
# Loses: test_train_step
# Told: only be called for the variables it was originally built with
kept = []


@tf.function
def train_step(model, images, labels, optimizer, loss_function, mean_loss, accuracy):
    kept.append(model)
    model = kept[0]
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
    logits = model(images, training=False)
    loss = loss_function(labels, logits)
    mean_loss.update_state(loss, sample_weight=tf.shape(images)[0])
    accuracy.update_state(labels, logits)
    return loss
