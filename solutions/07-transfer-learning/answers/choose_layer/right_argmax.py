# Two lists and NumPy's argmax, which takes the first of equal ones; returns a list.
def choose_layer(training, labels, validation, validation_labels, measure):
    names = list(training)
    shares = [measure(training[one], labels, validation[one], validation_labels) for one in names]
    return [names[int(np.argmax(shares))], dict(zip(names, shares))]
