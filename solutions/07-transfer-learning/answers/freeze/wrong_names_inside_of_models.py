# Goes through the layers inside of layers by name: a kept model's own layers are frozen.
# Loses: test_freeze
# Told: whatever their own names are
def freeze(model: tf.keras.Model, keep: tuple = ()) -> tuple:
    def count():
        return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)

    before = count()
    model.trainable = True
    for layer in model._flatten_layers(include_self=False):
        layer.trainable = layer.name in keep
    return before, count()
