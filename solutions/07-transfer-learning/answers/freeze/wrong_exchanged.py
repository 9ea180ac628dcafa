# Freezes what should be kept and keeps the rest.
# Loses: test_freeze
# Told: the kept layer is frozen and all others are not
def freeze(model, keep=()):
    before = sum(weight.numpy().size for weight in model.trainable_weights)
    model.trainable = bool(keep)
    for layer in model.layers:
        layer.trainable = bool(keep) and layer.name not in keep
    return before, sum(weight.numpy().size for weight in model.trainable_weights)
