# A set, a walrus and Keras's count_params for the sum.
def freeze(model: tf.keras.Model, keep: tuple = ()) -> tuple:
    kept, counts = set(keep), []
    counts.append(sum(w.numpy().size for w in model.trainable_variables))
    if unknown := kept - {layer.name for layer in model.layers}:
        raise ValueError(f"no layers {unknown}")
    model.trainable = True
    [setattr(layer, "trainable", layer.name in kept) for layer in model.layers]
    counts.append(sum(w.numpy().size for w in model.trainable_variables))
    return tuple(counts)
