# right: os.path, a scope for the classes, one image is enough to build
import os


def save_both(network: tf.keras.Model, folder: str) -> tuple:
    os.makedirs(folder, exist_ok=True)
    paths = tuple(os.path.join(folder, name) for name in ("network.keras", "network.weights.h5"))
    for write, path in zip((network.save, network.save_weights), paths):
        write(path)
    return paths


def load_whole(path: str, own_classes: dict) -> tf.keras.Model:
    with tf.keras.utils.custom_object_scope(own_classes):
        return tf.keras.models.load_model(path)


def load_weights(path: str, make_network, images) -> tf.keras.Model:
    model = make_network()
    _ = model(images[:1], training=False)
    model.load_weights(path)
    return model
