# right: a VGG as an attribute
class MiniVGG(tf.keras.Model):
    def __init__(self, classes: int = 10, dropout: float = 0.3):
        super().__init__()
        self._arguments = (classes, dropout)
        self.network = VGG([(32, (3, 3)), (64, (3, 3))], (128,), classes, dropout)

    def call(self, images, training=False):
        return self.network(images, training=training)

    def get_config(self) -> dict:
        return dict(zip(("classes", "dropout"), self._arguments))
