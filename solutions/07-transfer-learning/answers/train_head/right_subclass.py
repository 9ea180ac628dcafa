# A head as a subclass of Model.
class Head(tf.keras.Model):
    def __init__(self, classes):
        super().__init__()
        self.normal = tf.keras.layers.BatchNormalization(momentum=0.9)
        self.flat = tf.keras.layers.Flatten()
        self.hidden = tf.keras.layers.Dense(128, activation="relu")
        self.last = tf.keras.layers.Dense(classes)
        self.drops = [tf.keras.layers.Dropout(0.5), tf.keras.layers.Dropout(0.5)]

    def call(self, inputs, training=False):
        values = self.drops[0](self.flat(self.normal(inputs, training=training)), training=training)
        return self.last(self.drops[1](self.hidden(values), training=training))


def train_head(features, labels, classes, epochs, seed=1):
    tf.keras.utils.set_random_seed(seed)
    model = Head(classes)
    model.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.optimizer.learning_rate = 0.001
    model.compile(tf.keras.optimizers.Adam(falling_rate(0.001, len(features), epochs)), model.loss)
    model.fit(features, labels, BATCH, epochs, verbose=0)
    return model
