# Returns only the number after freezing.
# Loses: test_freeze
# Told: should be a tuple of 2 whole numbers
def freeze(model, keep=()):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in keep
    return sum(weight.numpy().size for weight in model.trainable_weights)
