# right: keras.saving, compile=False, predict builds the network
import keras


def save_both(network: tf.keras.Model, folder: str) -> tuple:
    keras.saving.save_model(network, f"{folder}/network.keras")
    network.save_weights(f"{folder}/network.weights.h5", overwrite=True)
    return f"{folder}/network.keras", f"{folder}/network.weights.h5"


def load_whole(path: str, own_classes: dict) -> tf.keras.Model:
    return keras.saving.load_model(path, custom_objects=dict(own_classes), compile=False)


def load_weights(path: str, make_network, images) -> tf.keras.Model:
    expected = make_network()
    expected.predict(np.asarray(images), verbose=0)
    expected.load_weights(path)
    return expected
