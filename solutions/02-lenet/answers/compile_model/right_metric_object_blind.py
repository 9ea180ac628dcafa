# right: a metric object that is named "accuracy"; imports at the top
from tensorflow.keras.losses import SparseCategoricalCrossentropy
from tensorflow.keras.metrics import SparseCategoricalAccuracy
from tensorflow.keras.optimizers import Adam


def compile_model(model, learning_rate):
    options = dict(loss=SparseCategoricalCrossentropy(from_logits=True), metrics=[SparseCategoricalAccuracy("accuracy")])
    model.compile(optimizer=Adam(learning_rate), **options)
    return model
