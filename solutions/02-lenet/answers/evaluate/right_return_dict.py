# Asks Keras for a dictionary and counts the wrong images with round.
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    report = model.evaluate(images, labels, batch_size, verbose=0, return_dict=True)
    wrong = np.rint(len(images) * (1 - report["accuracy"])).astype(int)
    return report["loss"], report["accuracy"], wrong
