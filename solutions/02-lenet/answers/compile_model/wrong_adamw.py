# wrong: AdamW, which shrinks the weights as well; breaks "the optimiser Adam"
# Loses: test_compile_model
# Told: The optimiser should be Adam, with the learning rate that is given
def compile_model(model, learning_rate):
    model.compile(
        tf.keras.optimizers.AdamW(learning_rate), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"]
    )
    return model
