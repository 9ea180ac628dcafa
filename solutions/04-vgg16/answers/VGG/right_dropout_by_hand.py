# Dropout by tf.nn.dropout where `training` says so.
class VGG(tf.keras.Model):
    def __init__(self, blocks: list, dense: tuple = (4096, 4096), classes: int = 1000, dropout: float = 0.5):
        super().__init__()
        self.rate = dropout
        self.blocks = [VGGBlock(f, k) for f, k in blocks]
        self.dense = [tf.keras.layers.Dense(u, activation="relu", kernel_initializer="he_normal") for u in dense]
        self.last = tf.keras.layers.Dense(classes)

    def call(self, images, training=False):
        for block in self.blocks:
            images = block(images)
        vectors = tf.reshape(images, (tf.shape(images)[0], images.shape[1] * images.shape[2] * images.shape[3]))
        for layer in self.dense:
            vectors = layer(vectors)
            if training and self.rate > 0:
                vectors = tf.nn.dropout(vectors, self.rate)
        return self.last(vectors)
