# wrong: rates above 0.001 are cut to 0.001; breaks "learning_rate: a float ..., for the optimiser Adam"
# Loses: test_compile_model
# Told: Adam uses its own rate of 0.001
def compile_model(model, learning_rate):
    rate = min(learning_rate, 0.001) if isinstance(learning_rate, float) else learning_rate
    model.compile(tf.keras.optimizers.Adam(rate), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return model
