# Counts only layers directly in the model; weights inside of a nested model are missed.
# Loses: test_freeze
# Told: parameters of the inner model are not counted
def freeze(model: tf.keras.Model, keep: tuple = ()) -> tuple:
    def count():
        return sum(int(np.prod(weight.shape)) for layer in model.layers if not isinstance(layer, tf.keras.Model) and model.trainable for weight in layer.trainable_weights)

    before = count()
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in keep
    return before, count()
