# Compiles and returns a copy of the model.
# Loses: test_compile_model
# Told: should return the model that it was given
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    copy = tf.keras.models.clone_model(model)
    copy.compile(tf.keras.optimizers.Adam(learning_rate), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return copy
