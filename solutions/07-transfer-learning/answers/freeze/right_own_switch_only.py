# Leaves a layer alone that is on already: Keras would do the same.
def freeze(model: tf.keras.Model, keep: tuple = ()) -> tuple:
    def count():
        return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)

    before = count()
    model._trainable = True
    for layer in model.layers:
        if layer.name not in keep:
            layer.trainable = False
        elif not layer.trainable:
            layer.trainable = True
    return before, count()
