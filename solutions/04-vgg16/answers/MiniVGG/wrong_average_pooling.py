# Blocks of its own with average pooling: the count is right.
# Loses: test_MiniVGG
# Told: the pooling takes the maximum
class MiniVGG(tf.keras.Model):
    def __init__(self, classes: int = 10, dropout: float = 0.3):
        super().__init__()
        self.classes, self.dropout = classes, dropout
        make = lambda n: tf.keras.Sequential([*(tf.keras.layers.Conv2D(n, 3, padding="same", activation="relu") for _ in range(2)), tf.keras.layers.AveragePooling2D(2)])
        self.first, self.second = make(32), make(64)
        self.flatten = tf.keras.layers.Flatten()
        self.hidden = tf.keras.layers.Dense(128, activation="relu")
        self.drop = tf.keras.layers.Dropout(dropout)
        self.logits = tf.keras.layers.Dense(classes)

    def call(self, images, training=False):
        vectors = self.flatten(self.second(self.first(images)))
        vectors = self.drop(self.hidden(vectors), training=training)
        return self.logits(vectors)

    def get_config(self) -> dict:
        return {"classes": self.classes, "dropout": self.dropout}
