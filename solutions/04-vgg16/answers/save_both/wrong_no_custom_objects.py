# Does not say which classes are meant.
# Loses: test_save_both
# Told: classes in `own_classes`
def save_both(network: tf.keras.Model, folder: str) -> tuple:
    whole, weights = f"{folder}/network.keras", f"{folder}/network.weights.h5"
    network.save(whole)
    network.save_weights(weights)
    return whole, weights


def load_whole(path: str, own_classes: dict) -> tf.keras.Model:
    return tf.keras.models.load_model(path)


def load_weights(path: str, make_network, images) -> tf.keras.Model:
    network = make_network()
    network(images)
    network.load_weights(path)
    return network
