# Places of the layers in a dict; attributes set one by one.
class Joined(tf.keras.Model):

    def __init__(self, trunk: tf.keras.Model, start: str, end: str, head: tf.keras.Model):
        super().__init__()
        place = {layer.name: number for number, layer in enumerate(trunk.layers)}
        if place[start] >= place[end]:
            raise ValueError("start comes first")
        self.count = place[end] - place[start]
        for number in range(self.count):
            setattr(self, f"piece_{number}", trunk.layers[place[start] + 1 + number])
        self.classifier = head

    def call(self, inputs, training: bool = False):
        for number in range(self.count):
            inputs = getattr(self, f"piece_{number}")(inputs, training=False)
        return self.classifier(inputs, training=training)
