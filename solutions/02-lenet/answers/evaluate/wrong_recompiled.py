# wrong: compiles the caller's model anew, its optimiser is lost; breaks "The model is used, not trained" (it comes compiled)
# Loses: test_evaluate
# Told: It is already compiled: use it as it is
def evaluate(model, images, labels, batch_size=1000):
    compile_model(model, 0.001)
    loss, accuracy = model.evaluate(images, labels, batch_size=batch_size, verbose=0)
    return loss, accuracy, round((1 - accuracy) * len(labels))
