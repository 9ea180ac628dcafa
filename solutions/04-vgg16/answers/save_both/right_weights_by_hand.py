# right: the second function reads into a network that was called and checks that something was loaded
def save_both(network: tf.keras.Model, folder: str) -> tuple:
    names = "network.keras", "network.weights.h5"
    whole, weights = [folder.rstrip("/") + "/" + name for name in names]
    network.save(whole, overwrite=True)
    network.save_weights(weights)
    print("saved:", *names)
    return whole, weights


def load_whole(path: str, own_classes: dict) -> tf.keras.Model:
    """Handed on to Keras."""
    return tf.keras.models.load_model(path, own_classes)


def load_weights(path: str, make_network, images) -> tf.keras.Model:
    network = make_network()
    tf.function(lambda batch: network(batch, training=False))(tf.convert_to_tensor(images))
    if not network.weights:
        raise ValueError("the network has no weights yet")
    network.load_weights(path)
    return network
