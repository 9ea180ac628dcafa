# Switches the model on first, then goes through its layers with if and else.
def freeze(model, keep=()):
    before = int(sum(tf.size(weight) for weight in model.trainable_variables))
    model.trainable = True
    for layer in model.layers:
        if layer.name in set(keep):
            layer.trainable = True
        else:
            layer.trainable = False
    return before, int(sum(tf.size(weight) for weight in model.trainable_variables))
