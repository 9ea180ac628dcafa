# Everything off, the model's own switch on again, then off and on layer by layer; returns NumPy integers.
def freeze(model, keep=()):
    def count():
        return np.sum([np.prod(weight.shape) for weight in model.trainable_weights], dtype=np.int64)

    before = count()
    model.trainable = False
    model.trainable = True
    for layer in model.layers:
        layer.trainable = False
    for name in keep:
        model.get_layer(name).trainable = True
    return [before, count()]
