# wrong: a schedule is asked for its first rate only, which then stays; breaks "a learning-rate schedule ... a rate that changes from step to step"
# Loses: test_compile_model
# Told: the first rate of the schedule is used at every step
def compile_model(model, learning_rate):
    rate = learning_rate if isinstance(learning_rate, float) else float(learning_rate(0))
    model.compile(tf.keras.optimizers.Adam(rate), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return model
