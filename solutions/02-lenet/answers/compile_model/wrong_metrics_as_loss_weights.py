# wrong: the third positional argument of compile is loss_weights, so there is no metric and the loss fails; breaks 'the metric "accuracy"'
# Loses: test_compile_model
# Told: Keras says: dtype='string' is not a valid dtype for Keras type promotion
def compile_model(model, learning_rate):
    model.compile(tf.keras.optimizers.Adam(learning_rate), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), ["accuracy"])
    return model
