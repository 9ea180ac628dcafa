# Only the first of the names is kept.
# Loses: test_freeze
# Told: All layers except those whose names are in
def freeze(model: tf.keras.Model, keep: tuple = ()) -> tuple:
    def count():
        return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)

    before = count()
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in keep[:1]
    return before, count()
