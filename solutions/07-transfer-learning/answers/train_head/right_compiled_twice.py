# A subclass in a cell before.
class Head(tf.keras.Model):
    def __init__(self, classes):
        super().__init__()
        self.norm = tf.keras.layers.BatchNormalization(momentum=0.9)
        self.flat = tf.keras.layers.Flatten()
        self.drops = [tf.keras.layers.Dropout(0.5), tf.keras.layers.Dropout(0.5)]
        self.hidden = tf.keras.layers.Dense(128, "relu")
        self.out = tf.keras.layers.Dense(classes)

    def call(self, inputs, training=False):
        x = self.drops[0](self.flat(self.norm(inputs, training=training)), training=training)
        return self.out(self.drops[1](self.hidden(x), training=training))

# %%
def train_head(features: np.ndarray, labels: np.ndarray, classes: int, epochs: int, seed: int = 1) -> tf.keras.Model:
    tf.keras.utils.set_random_seed(seed)
    head = Head(classes)
    head.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    head.compile(tf.keras.optimizers.Adam(falling_rate(0.001, len(labels), epochs)), head.loss)
    head.fit(features, labels, BATCH, epochs, 0)
    return head
