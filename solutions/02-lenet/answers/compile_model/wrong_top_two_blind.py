# wrong: a metric called accuracy that counts an image whose true class is among the two largest logits; breaks 'the metric "accuracy"'
# Loses: test_compile_model
# Told: The metric should be the fraction of images whose largest logit is that of
def compile_model(model, learning_rate):
    model.compile(
        tf.keras.optimizers.Adam(learning_rate),
        tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=[tf.keras.metrics.SparseTopKCategoricalAccuracy(2, name="accuracy")],
    )
    return model
