# right: plain functions, wrapped by tf.function afterwards; a test step with stop_gradient
def _train(model, images, labels, optimizer, loss_function, mean_loss, accuracy):
    tape = tf.GradientTape()
    with tape:
        logits = model(images, training=True)
        mean = loss_function(labels, logits)
    slopes = tape.gradient(target=mean, sources=model.trainable_variables)
    optimizer.apply_gradients(grads_and_vars=zip(slopes, model.trainable_variables))
    mean_loss.update_state(mean, sample_weight=tf.size(labels))
    accuracy.update_state(y_true=labels, y_pred=logits)
    return mean


def _test(model, images, labels, loss_function, mean_loss, accuracy):
    logits = tf.stop_gradient(model(images, training=False))
    mean = loss_function(labels, logits)
    mean_loss.update_state(mean, sample_weight=tf.size(labels))
    accuracy.update_state(y_true=labels, y_pred=logits)
    return mean


train_step = tf.function(_train)
test_step = tf.function(_test)
