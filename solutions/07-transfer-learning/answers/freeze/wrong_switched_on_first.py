# Switches the model on before it counts what can be trained.
# Loses: test_freeze
# Told: the whole model is switched on before the parameters are counted
def freeze(model, keep=()):
    model.trainable = True
    before = sum(weight.numpy().size for weight in model.trainable_weights)
    for layer in model.layers:
        layer.trainable = layer.name in keep
    return before, sum(weight.numpy().size for weight in model.trainable_weights)
