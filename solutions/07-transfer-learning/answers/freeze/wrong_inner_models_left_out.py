# Leaves layers out that are models themselves (passes the visible part).
# Loses: test_freeze
# Told: layers of the inner model are not frozen
def freeze(model, keep=()):
    before = sum(weight.numpy().size for weight in model.trainable_weights)
    model.trainable = True
    for layer in model.layers:
        if not isinstance(layer, tf.keras.Model):
            layer.trainable = layer.name in keep
    return before, sum(weight.numpy().size for weight in model.trainable_weights)
