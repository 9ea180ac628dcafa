# wrong: a folder with a dot in its name is cut off there ("Save a network into a folder")
# Loses: test_save_both
# Told: FileNotFoundError: [Errno 2] No such file or directory
def save_both(network: tf.keras.Model, folder: str) -> tuple:
    folder = folder.split(".")[0]
    whole, weights = str(Path(folder) / "network.keras"), str(Path(folder) / "network.weights.h5")
    network.save(whole)
    network.save_weights(weights)
    return whole, weights


def load_whole(path: str, own_classes: dict) -> tf.keras.Model:
    return tf.keras.models.load_model(path, custom_objects=own_classes)


def load_weights(path: str, make_network, images) -> tf.keras.Model:
    network = make_network()
    network(images)
    network.load_weights(path)
    return network
