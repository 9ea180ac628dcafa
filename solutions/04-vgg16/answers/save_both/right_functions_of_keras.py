# Keras's functions instead of methods; os.path; a helper in an added cell.
import os


def written(folder, name):
    return os.path.join(folder, "network" + name)

# %%
def save_both(network: tf.keras.Model, folder: str) -> tuple:
    tf.keras.models.save_model(network, written(folder, ".keras"), overwrite=True)
    network.save_weights(filepath=written(folder, ".weights.h5"))
    print(sorted(os.listdir(folder)))
    return written(folder, ".keras"), written(folder, ".weights.h5")


def load_whole(path: str, own_classes: dict) -> tf.keras.Model:
    loaded: tf.keras.Model = tf.keras.models.load_model(path, own_classes)
    return loaded


def load_weights(path: str, make_network, images) -> tf.keras.Model:
    model = make_network()
    _ = model(tf.convert_to_tensor(images)[:1], training=False)
    model.load_weights(filepath=path)
    return model
