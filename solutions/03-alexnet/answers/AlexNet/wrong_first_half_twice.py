# wrong: with two groups both convolutions of layer 4 see the first half of the channels (section 4: half of the channels on each GPU)
# Loses: test_AlexNet
# Told: Each group of kernels should see its own half of the channels
class AlexNet(tf.keras.Model):
    """AlexNet for photographs of 227×227 pixels: the table of section 1."""

    def __init__(self, groups: int = 1, classes: int = 1000, units: int = 4096):
        super().__init__()
        layers = tf.keras.layers
        self.conv1 = layers.Conv2D(96, 11, strides=4, activation="relu")
        self.norm1 = ResponseNorm()
        self.pool1 = layers.MaxPooling2D(3, 2)
        self.conv2 = layers.Conv2D(256, 5, padding="same", activation="relu", groups=groups)
        self.norm2 = ResponseNorm()
        self.pool2 = layers.MaxPooling2D(3, 2)
        self.conv3 = layers.Conv2D(384, 3, padding="same", activation="relu")
        self.conv4 = [layers.Conv2D(384 // groups, 3, padding="same", activation="relu") for _ in range(groups)]
        self.groups = groups
        self.conv5 = layers.Conv2D(256, 3, padding="same", activation="relu", groups=groups)
        self.pool5 = layers.MaxPooling2D(3, 2)
        self.flatten = layers.Flatten()
        self.dense6 = layers.Dense(units, activation="relu")
        self.drop6 = layers.Dropout(0.5)
        self.dense7 = layers.Dense(units, activation="relu")
        self.drop7 = layers.Dropout(0.5)
        self.dense8 = layers.Dense(classes)

    def feature_maps(self, images) -> list:
        c1 = self.norm1(self.conv1(images))
        p1 = self.pool1(c1)
        c2 = self.norm2(self.conv2(p1))
        p2 = self.pool2(c2)
        c3 = self.conv3(p2)
        c4 = tf.concat([part(tf.split(c3, self.groups, axis=-1)[0]) for part in self.conv4], axis=-1)
        c5 = self.conv5(c4)
        return [c1, p1, c2, p2, c3, c4, c5, self.pool5(c5)]

    def call(self, images, training=False):
        x = self.flatten(self.feature_maps(images)[-1])
        x = self.drop6(self.dense6(x), training=training)
        x = self.drop7(self.dense7(x), training=training)
        return self.dense8(x)
