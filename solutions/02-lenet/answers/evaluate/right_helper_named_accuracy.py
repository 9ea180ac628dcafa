# right: helpers called loss and accuracy (names that the notebook's test cell gives to numbers)
def loss(logits, labels):
    return float(np.mean(tf.keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)))


def accuracy(logits, labels):
    return float(np.mean(np.argmax(logits, axis=-1) == labels))


def evaluate(model, images, labels, batch_size=1000):
    logits = model.predict(images, batch_size, 0)
    share = accuracy(logits, labels)
    return loss(logits, labels), share, len(labels) - int(round(share * len(labels)))
