# Makes its layers in each call.
# Loses: test_MiniVGG
# Told: make them in `__init__`
class MiniVGG(tf.keras.Model):
    def __init__(self, classes: int = 10, dropout: float = 0.3):
        super().__init__()
        self.classes, self.dropout = classes, dropout

    def call(self, images, training=False):
        maps = VGGBlock(64, (3, 3))(VGGBlock(32, (3, 3))(images))
        vectors = tf.keras.layers.Dense(128, activation="relu")(tf.keras.layers.Flatten()(maps))
        vectors = tf.keras.layers.Dropout(self.dropout)(vectors, training=training)
        return tf.keras.layers.Dense(self.classes)(vectors)

    def get_config(self) -> dict:
        return {"classes": self.classes, "dropout": self.dropout}
