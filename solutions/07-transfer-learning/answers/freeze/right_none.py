# Model off if nothing is kept; otherwise on first.
def freeze(model: tf.keras.Model, keep: tuple = ()) -> tuple:
    count = lambda: int(np.sum([math.prod(w.shape) for w in model.trainable_weights]))
    before = count()
    if len(keep) == 0:
        model.trainable = False
        return before, count()
    model.trainable = True
    for layer in model.layers:
        if layer.name not in keep:
            layer.trainable = False
        else:
            layer.trainable = True
    return before, count()
