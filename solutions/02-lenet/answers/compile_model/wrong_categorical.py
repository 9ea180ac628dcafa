# The loss for one-hot labels, which does not fit whole numbers.
# Loses: test_compile_model
# Told: need the sparse form of the loss
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    model.compile(tf.keras.optimizers.Adam(learning_rate=learning_rate), tf.keras.losses.CategoricalCrossentropy(from_logits=True), metrics=['accuracy'])
    return model
