# Dead = the count of positive values of a unit is 0; a helper called `count`, weights put back at the end.
def count(values) -> np.ndarray:
    positive = values > 0
    return np.sum(positive, axis=tuple(np.arange(values.ndim - 1)))

def activation_statistics(model, images):
    kept = model.get_weights()
    relus = list(filter(lambda layer: isinstance(layer, tf.keras.layers.ReLU), model.layers))
    network = tf.keras.models.Model(model.inputs, {str(i): relu.output for i, relu in enumerate(relus)})
    outputs = network(images, training=True)
    answer = []
    for i in range(len(relus)):
        array = np.array(outputs[str(i)])
        answer.append((float(np.sqrt(np.var(array, dtype=np.float64))), float((count(array) == 0).sum() / array.shape[-1])))
    model.set_weights(kept)
    return answer
