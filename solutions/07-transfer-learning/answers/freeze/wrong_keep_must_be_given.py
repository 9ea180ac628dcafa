# No default for keep, so that the call without it fails.
# Loses: test_freeze
# Told: missing 1 required positional argument
def freeze(model, keep):
    before = sum(weight.numpy().size for weight in model.trainable_weights)
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in keep
    return before, sum(weight.numpy().size for weight in model.trainable_weights)
