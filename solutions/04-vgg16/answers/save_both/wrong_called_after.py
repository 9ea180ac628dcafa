# wrong: the weights are loaded before the network has any ("call it on a batch of images once" before)
# Loses: test_save_both
# Told: The new network should come from make_network(), and it should be called on the
def save_both(network: tf.keras.Model, folder: str) -> tuple:
    whole, weights = str(Path(folder) / "network.keras"), str(Path(folder) / "network.weights.h5")
    network.save(whole)
    network.save_weights(weights)
    return whole, weights


def load_whole(path: str, own_classes: dict) -> tf.keras.Model:
    return tf.keras.models.load_model(path, custom_objects=own_classes)


def load_weights(path: str, make_network, images) -> tf.keras.Model:
    network = make_network()
    network.load_weights(path)
    network(images)
    return network
