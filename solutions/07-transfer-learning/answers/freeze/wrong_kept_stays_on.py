# Never freezes what was kept the time before (passes the visible part).
# Loses: test_freeze
# Told: not kept are not frozen
def freeze(model, keep=()):
    before = sum(weight.numpy().size for weight in model.trainable_weights)
    if not keep:
        model.trainable = False
    else:
        if before == 0:
            model.trainable = True
            for layer in model.layers:
                layer.trainable = False
        for name in keep:
            model.get_layer(name).trainable = True
    return before, sum(weight.numpy().size for weight in model.trainable_weights)
