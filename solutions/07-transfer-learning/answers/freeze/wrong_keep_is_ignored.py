# Freezes everything, whatever is to be kept.
# Loses: test_freeze
# Told: the layer to keep is not switched on
def freeze(model, keep=()):
    before = sum(weight.numpy().size for weight in model.trainable_weights)
    model.trainable = False
    return before, sum(weight.numpy().size for weight in model.trainable_weights)
