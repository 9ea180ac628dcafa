# wrong: float() of the rate, a schedule is an error; breaks "a float or a learning-rate schedule"
# Loses: test_compile_model
# Told: TypeError: float() argument must be a string or a real number, not
def compile_model(model, learning_rate):
    model.compile(
        tf.keras.optimizers.Adam(float(learning_rate)), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"]
    )
    return model
