# wrong: multiplies the error rate with the 10,000 images of MNIST for every set above 1,000; breaks "the number of wrong images"
# Loses: test_evaluate
# Told: It should be the number of wrong images among all of these images
def evaluate(model, images, labels, batch_size=1000):
    loss, accuracy = model.evaluate(images, labels, batch_size=batch_size, verbose=0)
    count = 10_000 if len(labels) > 1000 else len(labels)
    return loss, accuracy, round((1 - accuracy) * count)
