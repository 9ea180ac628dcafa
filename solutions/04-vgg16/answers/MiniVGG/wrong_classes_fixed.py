# Always has ten logits, whatever `classes` says.
# Loses: test_MiniVGG
# Told: `classes` is ignored
class MiniVGG(tf.keras.Model):
    def __init__(self, classes: int = 10, dropout: float = 0.3):
        super().__init__()
        self.classes, self.dropout = classes, dropout
        self.first = VGGBlock(32, (3, 3))
        self.second = VGGBlock(64, (3, 3))
        self.flatten = tf.keras.layers.Flatten()
        self.hidden = tf.keras.layers.Dense(128, activation="relu")
        self.drop = tf.keras.layers.Dropout(dropout)
        self.logits = tf.keras.layers.Dense(10)

    def call(self, images, training=False):
        vectors = self.flatten(self.second(self.first(images)))
        vectors = self.drop(self.hidden(vectors), training=training)
        return self.logits(vectors)

    def get_config(self) -> dict:
        return {"classes": self.classes, "dropout": self.dropout}
