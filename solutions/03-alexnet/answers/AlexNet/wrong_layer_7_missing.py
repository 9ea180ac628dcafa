# Layer 7 is made, but call leaves it out.
# Loses: test_AlexNet
# Told: only one of the layers 6 and 7 has weights of its own
class AlexNet(tf.keras.Model):
    def __init__(self, groups: int = 1, classes: int = 1000, units: int = 4096):
        super().__init__()
        L = tf.keras.layers
        self.c1 = L.Conv2D(96, 11, strides=4, activation="relu")
        self.c2 = L.Conv2D(256, 5, padding="same", groups=groups, activation="relu")
        self.c3 = L.Conv2D(384, 3, padding="same", activation="relu")
        self.c4 = L.Conv2D(384, 3, padding="same", groups=groups, activation="relu")
        self.c5 = L.Conv2D(256, 3, padding="same", groups=groups, activation="relu")
        self.norm = ResponseNorm()
        self.pool = L.MaxPooling2D(3, 2)
        self.flat = L.Flatten()
        self.d6 = L.Dense(units, activation="relu")
        self.d7 = L.Dense(units, activation="relu")
        self.d8 = L.Dense(classes)
        self.drop = L.Dropout(0.5)

    def feature_maps(self, images) -> list:
        one = self.norm(self.c1(images))
        two = self.pool(one)
        three = self.norm(self.c2(two))
        four = self.pool(three)
        five = self.c3(four)
        six = self.c4(five)
        seven = self.c5(six)
        return [one, two, three, four, five, six, seven, self.pool(seven)]

    def call(self, images, training=False):
        vector = self.flat(self.feature_maps(images)[-1])
        vector = self.drop(self.d6(vector), training=training)
        vector = self.drop(vector, training=training)
        return self.d8(vector)
