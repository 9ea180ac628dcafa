# Counts the kernels of the convolutions only.
# Loses: test_freeze
# Told: only the kernels are counted
def freeze(model, keep=()):
    def count():
        return sum(weight.numpy().size for weight in model.trainable_weights if "kernel" in weight.name)

    before = count()
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in keep
    return before, count()
