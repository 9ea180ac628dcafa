# wrong: "adam" with its default rate; breaks "learning_rate: a float or a learning-rate schedule, for the optimiser Adam"
# Loses: test_compile_model
# Told: Adam uses its own rate of 0.001
def compile_model(model, learning_rate):
    model.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return model
