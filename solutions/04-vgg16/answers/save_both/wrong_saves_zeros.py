# wrong: the original is emptied after saving (the network is changed)
# Loses: test_save_both
# Told: save_both(Scaled) changed the weights of the network
def save_both(network: tf.keras.Model, folder: str) -> tuple:
    whole, weights = str(Path(folder) / "network.keras"), str(Path(folder) / "network.weights.h5")
    network.save(whole)
    network.save_weights(weights)
    network.set_weights([0 * weight for weight in network.get_weights()])
    return whole, weights


def load_whole(path: str, own_classes: dict) -> tf.keras.Model:
    return tf.keras.models.load_model(path, custom_objects=own_classes)


def load_weights(path: str, make_network, images) -> tf.keras.Model:
    network = make_network()
    network(images)
    network.load_weights(path)
    return network
