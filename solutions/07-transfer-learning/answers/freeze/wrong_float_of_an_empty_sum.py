# np.sum of an empty list is 0.0: a float as soon as nothing can be trained.
# Loses: test_freeze
# Told: np.sum` of an empty list
def freeze(model, keep=()):
    before = np.sum([weight.numpy().size for weight in model.trainable_weights])
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in keep
    after = np.sum([weight.numpy().size for weight in model.trainable_weights])
    return before, after
