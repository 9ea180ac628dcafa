# wrong: build(shape) instead of a call ("network.build(shape) is not enough")
# Loses: test_save_both
# Told: It should be possible to train it further, like the saved one
def save_both(network: tf.keras.Model, folder: str) -> tuple:
    whole, weights = str(Path(folder) / "network.keras"), str(Path(folder) / "network.weights.h5")
    network.save(whole)
    network.save_weights(weights)
    return whole, weights


def load_whole(path: str, own_classes: dict) -> tf.keras.Model:
    return tf.keras.models.load_model(path, custom_objects=own_classes)


def load_weights(path: str, make_network, images) -> tf.keras.Model:
    network = make_network()
    network.build((None, *images.shape[1:]))
    network.load_weights(path)
    return network
