# Names the loss as a text, so Keras takes the logits for probabilities.
# Loses: test_compile_model
# Told: it has to know that they are logits
def compile_model(model: tf.keras.Model, learning_rate) -> tf.keras.Model:
    model.compile(tf.keras.optimizers.Adam(learning_rate), 'sparse_categorical_crossentropy', metrics=['accuracy'])
    return model
