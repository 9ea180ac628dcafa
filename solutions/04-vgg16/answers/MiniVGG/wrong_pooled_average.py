# wrong: blocks of one's own with average pooling (table: pooling of the VGG block, max)
# Loses: test_MiniVGG
# Told: Every convolution and the dense layer of 128 units have ReLU, and the
class MiniVGG(tf.keras.Model):
    def __init__(self, classes: int = 10, dropout: float = 0.3):
        super().__init__()
        from tensorflow.keras.layers import Conv2D, Dense, Dropout, Flatten, AveragePooling2D

        self.classes = classes
        self.dropout = dropout
        layers = []
        for w in (32, 64):
            layers += [Conv2D(w, 3, padding="same", activation="relu") for _ in range(2)] + [AveragePooling2D(2)]
        layers += [Flatten(), Dense(128, activation="relu"), Dropout(dropout), Dense(classes)]
        self.stack = tf.keras.Sequential(layers)

    def call(self, images, training=False):
        return self.stack(images, training=training)

    def get_config(self) -> dict:
        return {"classes": self.classes, "dropout": self.dropout}
