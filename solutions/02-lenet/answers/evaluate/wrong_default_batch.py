# wrong: batch_size is not handed on, Keras takes 32; breaks "batch_size: how many images go through the model at once"
# Loses: test_evaluate
# Told: The network should get `batch_size` images at a time
def evaluate(model, images, labels, batch_size=1000):
    loss, accuracy = model.evaluate(images, labels, verbose=0)
    return loss, accuracy, round((1 - accuracy) * len(labels))
