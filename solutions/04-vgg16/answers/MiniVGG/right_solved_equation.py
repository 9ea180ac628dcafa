# right: w is computed from the equation; ReLU by hand; the rate is read from the layer
class MiniVGG(tf.keras.Model):
    def __init__(self, classes: int = 10, dropout: float = 0.3):
        super().__init__()
        w = next(w for w in range(1, 200) if 9 * w**2 + 587 * w + 36_992 == 64_992)
        print("filters in the first block:", w) if w != 32 else None
        self.maps = [VGGBlock(w, (3,) * 2), VGGBlock(64, (3,) * 2)]
        self.hidden = tf.keras.layers.Dense(128)
        self.drop = tf.keras.layers.Dropout(dropout)
        self.output_layer = tf.keras.layers.Dense(classes, name="logits")

    def call(self, images, training=False):
        x = images
        for block in self.maps:
            x = block(x)
        x = tf.nn.relu(self.hidden(tf.reshape(x, (-1, 7 * 7 * 64))))
        return self.output_layer(self.drop(x, training=training))

    def get_config(self) -> dict:
        return {"classes": self.output_layer.units, "dropout": self.drop.rate}
