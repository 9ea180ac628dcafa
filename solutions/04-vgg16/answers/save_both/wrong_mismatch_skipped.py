# wrong: the network is built on one channel only, and weights that do not fit are skipped silently ("a new network with the weights in a .weights.h5 file")
# Loses: test_save_both
# Told: is incompatible with the
def save_both(network: tf.keras.Model, folder: str) -> tuple:
    whole, weights = str(Path(folder) / "network.keras"), str(Path(folder) / "network.weights.h5")
    network.save(whole)
    network.save_weights(weights)
    return whole, weights


def load_whole(path: str, own_classes: dict) -> tf.keras.Model:
    return tf.keras.models.load_model(path, custom_objects=own_classes)


def load_weights(path: str, make_network, images) -> tf.keras.Model:
    network = make_network()
    network(images[..., :1])
    network.load_weights(path, skip_mismatch=True)
    return network
