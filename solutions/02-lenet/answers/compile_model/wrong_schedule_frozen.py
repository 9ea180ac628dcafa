# Takes the first rate of a schedule for all steps.
# Loses: test_compile_model
# Told: the first rate of the schedule is used at every step
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    if not isinstance(learning_rate, float):
        learning_rate = float(learning_rate(0))
    model.compile(
        tf.keras.optimizers.Adam(learning_rate),
        tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model
