# right: zeros of the same shape build the network; loops and checks
def save_both(network: tf.keras.Model, folder: str) -> tuple:
    if not Path(folder).is_dir():
        raise NotADirectoryError(folder)
    layers = []
    for ending, method in {"keras": network.save, "weights.h5": network.save_weights}.items():
        layers.append(f"{Path(folder, 'network')}.{ending}")
        method(layers[-1])
    return tuple(layers)


def load_whole(path: str, own_classes: dict) -> tf.keras.Model:
    return tf.keras.models.load_model(filepath=path, custom_objects={**own_classes})


def load_weights(path: str, make_network, images) -> tf.keras.Model:
    (count := make_network())(tf.zeros_like(images))
    count.load_weights(filepath=path)
    return count
