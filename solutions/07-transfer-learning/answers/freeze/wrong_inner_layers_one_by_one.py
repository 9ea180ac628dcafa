# Goes through the layers of inner models as well, and freezes those of a kept one (passes the visible part).
# Loses: test_freeze
# Told: whatever their own names are
def freeze(model, keep=()):
    def switch(layers):
        for layer in layers:
            layer.trainable = layer.name in keep
            switch(getattr(layer, "layers", []))

    before = sum(weight.numpy().size for weight in model.trainable_weights)
    model.trainable = True
    switch(model.layers)
    return before, sum(weight.numpy().size for weight in model.trainable_weights)
