# wrong: get_config rounds the rate to one decimal ("The arguments with which this network was made")
# Loses: test_MiniVGG
# Told: classes and dropout of a network made again from the get_config of
class MiniVGG(tf.keras.Model):
    def __init__(self, classes: int = 10, dropout: float = 0.3):
        super().__init__()
        self.classes, self.rate = classes, dropout
        self.block1, self.block2 = VGGBlock(32, (3, 3)), VGGBlock(64, (3, 3))
        self.flatten = tf.keras.layers.Flatten()
        self.hidden = tf.keras.layers.Dense(128, activation="relu")
        self.drop = tf.keras.layers.Dropout(dropout)
        self.logits = tf.keras.layers.Dense(classes)

    def call(self, images, training=False):
        maps = self.block2(self.block1(images))
        return self.logits(self.drop(self.hidden(self.flatten(maps)), training=training))

    def get_config(self) -> dict:
        return {"classes": self.classes, "dropout": round(self.rate, 1)}
