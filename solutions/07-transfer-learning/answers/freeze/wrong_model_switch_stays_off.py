# The model's own switch stays off, so that the kept layer is not trained after all.
# Loses: test_freeze
# Told: model's own switch is still off
def freeze(model, keep=()):
    before = sum(int(np.prod(weight.shape)) for weight in model.trainable_variables)
    model.trainable = False
    for name in keep:
        model.get_layer(name).trainable = True
    return before, sum(int(np.prod(weight.shape)) for weight in model.trainable_variables)
