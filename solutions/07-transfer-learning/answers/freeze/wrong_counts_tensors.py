# Counts weight tensors instead of numbers.
# Loses: test_freeze
# Told: the weight tensors are counted
def freeze(model, keep=()):
    before = len(model.trainable_weights)
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in keep
    return before, len(model.trainable_weights)
