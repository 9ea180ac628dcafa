# Only switches off: a kept layer that was frozen before stays frozen.
# Loses: test_freeze
# Told: the layer to keep is not switched on
def freeze(model, keep=()):
    before = sum(weight.numpy().size for weight in model.trainable_weights)
    for layer in model.layers:
        if layer.name not in keep:
            layer.trainable = False
    return before, sum(weight.numpy().size for weight in model.trainable_weights)
