# Holds a functional model.
class MiniVGG(tf.keras.Model):
    def __init__(self, classes: int = 10, dropout: float = 0.3):
        super().__init__()
        inputs = tensor = tf.keras.Input((28, 28, 1))
        for filters in (32, 64):
            for _ in range(2):
                tensor = tf.keras.layers.Conv2D(filters, 3, padding="same", activation="relu")(tensor)
            tensor = tf.keras.layers.MaxPooling2D(2)(tensor)
        tensor = tf.keras.layers.Dense(128, activation="relu")(tf.keras.layers.Flatten()(tensor))
        tensor = tf.keras.layers.Dropout(dropout)(tensor)
        self.inner = tf.keras.Model(inputs, tf.keras.layers.Dense(classes)(tensor))
        self._classes, self._dropout = classes, dropout

    def call(self, images, training=False):
        return self.inner(images, training=training)

    def get_config(self) -> dict:
        return {"classes": self._classes, "dropout": self._dropout}
