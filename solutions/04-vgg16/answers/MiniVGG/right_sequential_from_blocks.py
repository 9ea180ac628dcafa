# A Sequential of blocks, solved for w in the code.
class MiniVGG(tf.keras.Model):
    def __init__(self, classes: int = 10, dropout: float = 0.3):
        super().__init__()
        self.settings = (classes, dropout)
        w = round((-587 + (587**2 + 4 * 9 * 28_000) ** 0.5) / 18)
        self.net = tf.keras.Sequential([
            VGGBlock(w, [3, 3]), VGGBlock(64, [3, 3]), tf.keras.layers.Flatten(),
            tf.keras.layers.Dense(128, activation="relu", kernel_initializer="he_uniform"),
            tf.keras.layers.Dropout(dropout), tf.keras.layers.Dense(classes),
        ])

    def call(self, images, training=False):
        return self.net(images, training=training)

    def get_config(self) -> dict:
        return dict(zip(("classes", "dropout"), self.settings))
