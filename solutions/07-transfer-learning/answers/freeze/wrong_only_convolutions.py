# Freezes convolutions only: batch normalisation goes on learning.
# Loses: test_freeze
# Told: batch normalisations are not frozen
def freeze(model, keep=()):
    before = sum(weight.numpy().size for weight in model.trainable_weights)
    model.trainable = True
    for layer in model.layers:
        if isinstance(layer, tf.keras.layers.Conv2D):
            layer.trainable = layer.name in keep
    return before, sum(weight.numpy().size for weight in model.trainable_weights)
