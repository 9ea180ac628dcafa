# right: eight Sequential stages and a Sequential head
class AlexNet(tf.keras.Model):
    def __init__(self, groups: int = 1, classes: int = 1000, units: int = 4096):
        super().__init__()
        from tensorflow.keras import Sequential
        from tensorflow.keras.layers import Conv2D, Dense, Dropout, Flatten, MaxPool2D, ReLU

        self.stages = [
            Sequential([Conv2D(96, (11, 11), (4, 4), "valid"), ReLU(), ResponseNorm()]),
            MaxPool2D((3, 3), (2, 2)),
            Sequential([Conv2D(256, (5, 5), padding="same", groups=groups), ReLU(), ResponseNorm()]),
            MaxPool2D((3, 3), (2, 2)),
            Sequential([Conv2D(384, (3, 3), padding="same"), ReLU()]),
            Sequential([Conv2D(384, (3, 3), padding="same", groups=groups), ReLU()]),
            Sequential([Conv2D(256, (3, 3), padding="same", groups=groups), ReLU()]),
            MaxPool2D((3, 3), (2, 2)),
        ]
        self.head = Sequential([
            Flatten(), Dense(units, "relu"), Dropout(0.5), Dense(units, "relu"), Dropout(0.5), Dense(classes),
        ])

    def feature_maps(self, images) -> list:
        found = [images]
        for stage in self.stages:
            found.append(stage(found[-1]))
        return found[1:]

    def call(self, images, training=False):
        return self.head(self.feature_maps(images)[-1], training=training)
