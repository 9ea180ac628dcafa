# Everything off first, then the model's own switch, then the kept ones.
def parameters(weights) -> int:
    total = 0
    for weight in weights:
        total += weight.shape.num_elements() if hasattr(weight.shape, "num_elements") else math.prod(weight.shape)
    return total

def freeze(model: tf.keras.Model, keep: tuple = ()) -> tuple:
    before = parameters(model.trainable_weights)
    model.trainable = True  # the own switch; it switches all layers on, too
    for layer in model.layers:
        layer.trainable = False
    for name in keep:
        model.get_layer(name).trainable = True
    return before, parameters(model.trainable_weights)
