# wrong: trains on the test set for one epoch, with a rate so small that the weights hardly move; breaks "used, not trained: its weights stay as they are"
# Loses: test_evaluate
# Told: It should measure the model, not train it
def evaluate(model, images, labels, batch_size=1000):
    rate = float(model.optimizer.learning_rate)
    model.optimizer.learning_rate = 1e-12
    model.fit(images, labels, batch_size=batch_size, epochs=1, shuffle=False, verbose=0)
    model.optimizer.learning_rate = rate
    loss, accuracy = model.evaluate(images, labels, batch_size=batch_size, verbose=0)
    return loss, accuracy, round((1 - accuracy) * len(labels))
