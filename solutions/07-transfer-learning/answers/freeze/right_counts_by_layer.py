# Counts the sizes of the arrays, with a helper of its own.
def number_of(weights):
    total = 0
    for weight in weights:
        total += weight.numpy().size
    return total


def freeze(model, keep=()):
    start = number_of(model.trainable_weights)
    model.trainable = True
    for layer in model.layers:
        layer.trainable = any(layer.name == name for name in keep)
    return start, number_of(model.trainable_weights)
