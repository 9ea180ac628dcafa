# right: a callback collects the losses
class Collected(tf.keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.mean = []

    def on_epoch_end(self, epoch, logs=None):
        self.mean.append(float(logs["loss"]))


def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    layers = Collected()
    while len(layers.mean) < epochs:
        x, y = prepare(images, labels)
        model.fit(x=x, y=y, batch_size=batch_size, callbacks=[layers], verbose=0)
    return layers.mean
