# Model on, then each layer on or off.
def freeze(model: tf.keras.Model, keep: tuple = ()) -> tuple:
    def count():
        return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)

    before = count()
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in keep
    return before, count()
