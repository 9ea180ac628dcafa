# Looks whether one name is in the other: `last` is in `last_but_one` (passes the visible part).
# Loses: test_freeze
# Told: part of a name is taken for the whole name
def freeze(model, keep=()):
    before = sum(weight.numpy().size for weight in model.trainable_weights)
    model.trainable = True
    for layer in model.layers:
        layer.trainable = any(name in layer.name for name in keep)
    return before, sum(weight.numpy().size for weight in model.trainable_weights)
