# Counts in a helper class, tuple at the end.
from dataclasses import astuple, dataclass

@dataclass
class Counts:
    before: int
    after: int = 0

def count(model):
    return sum(tf.size(weight).numpy().item() for weight in model.trainable_weights)

def freeze(model, keep=()):
    counts = Counts(count(model))
    model.trainable = True
    for layer in model.layers:
        layer.trainable = any(layer.name == name for name in keep)
    counts.after = count(model)
    return astuple(counts)
