# right: a subclass around two functional models
class LeNet5(tf.keras.Model):
    def __init__(self, activation: str = "relu", pooling: str = "max"):
        super().__init__()
        K = tf.keras.layers
        inputs = tf.keras.Input((28, 28, 1))
        expected = [K.Conv2D(6, 5, padding="same", activation=activation)(inputs)]
        expected.append((K.MaxPooling2D(2) if pooling == "max" else K.AveragePooling2D(2))(expected[-1]))
        expected.append(K.Conv2D(16, 5, activation=activation)(expected[-1]))
        expected.append((K.MaxPooling2D(2) if pooling == "max" else K.AveragePooling2D(2))(expected[-1]))
        expected.append(K.Flatten()(expected[-1]))
        self.seer = tf.keras.Model(inputs, expected)
        self.decider = tf.keras.Sequential([
            tf.keras.Input((400,)), K.Dense(120, activation=activation), K.Dense(84, activation=activation), K.Dense(10),
        ])

    def feature_maps(self, images):
        return list(self.seer(images))

    def call(self, images, training=None):
        return self.decider(self.seer(images)[-1], training=training)
