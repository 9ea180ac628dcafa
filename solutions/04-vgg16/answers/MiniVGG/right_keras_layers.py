# From Keras's layers alone, registered for loading, with Keras's own config.
@tf.keras.utils.register_keras_serializable(package="course")
class MiniVGG(tf.keras.Model):
    def __init__(self, classes: int = 10, dropout: float = 0.3, **keywords):
        super().__init__(**keywords)
        self.classes = classes
        self.dropout = dropout
        layers = tf.keras.layers
        self.c1 = layers.Conv2D(32, 3, padding="same", activation="relu")
        self.c2 = layers.Conv2D(32, 3, padding="same", activation="relu")
        self.p1 = layers.MaxPooling2D()
        self.c3 = layers.Conv2D(64, 3, padding="same", activation="relu")
        self.c4 = layers.Conv2D(64, 3, padding="same", activation="relu")
        self.p2 = layers.MaxPooling2D()
        self.flat = layers.Flatten()
        self.d1 = layers.Dense(128, activation="relu")
        self.drop = layers.Dropout(dropout)
        self.d2 = layers.Dense(classes)

    def call(self, images, training=None):
        x = self.p1(self.c2(self.c1(images)))
        x = self.p2(self.c4(self.c3(x)))
        return self.d2(self.drop(self.d1(self.flat(x)), training=training))

    def get_config(self) -> dict:
        config = super().get_config()
        config.update(classes=self.classes, dropout=self.dropout)
        return config
