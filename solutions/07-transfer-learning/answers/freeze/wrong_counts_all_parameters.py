# count_params counts the moving averages, too, and what is frozen.
# Loses: test_freeze
# Told: moving averages of the batch normalisations are counted
def freeze(model, keep=()):
    before = model.count_params()
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in keep
    return before, sum(weight.numpy().size for weight in model.trainable_weights)
