# Layers whose name begins with a kept one (conv1, conv10) are kept, too.
# Loses: test_freeze
# Told: part of a name
def freeze(model: tf.keras.Model, keep: tuple = ()) -> tuple:
    def count():
        return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)

    before = count()
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name.startswith(tuple(keep))
    return before, count()
