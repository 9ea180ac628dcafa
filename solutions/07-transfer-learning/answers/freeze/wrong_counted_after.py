# Both numbers are counted after freezing.
# Loses: test_freeze
# Told: counted after freezing
def freeze(model, keep=()):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in keep
    count = sum(weight.numpy().size for weight in model.trainable_weights)
    return count, count
