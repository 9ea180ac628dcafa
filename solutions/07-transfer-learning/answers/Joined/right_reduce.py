# Functools.reduce; the head gets the mode as a keyword only in training.
from functools import reduce
from itertools import dropwhile

class Joined(tf.keras.Model):

    def __init__(self, trunk, start, end, head):
        super().__init__()
        behind = list(dropwhile(lambda layer: layer.name != start, trunk.layers))[1:]
        last = [layer.name for layer in behind].index(end)
        self.body, self.head = behind[: last + 1], head

    def call(self, inputs, training: bool = False):
        features = reduce(lambda values, layer: layer(values, training=False), self.body, inputs)
        return self.head(features, training=True) if training else self.head(features, training=False)
