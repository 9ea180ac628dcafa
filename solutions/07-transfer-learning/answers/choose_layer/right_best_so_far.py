# A loop that keeps the best.
def choose_layer(training: dict, labels, validation: dict, validation_labels, measure) -> tuple:
    best, best_share, shares = None, -1.0, {}
    for name, features in training.items():
        share = measure(features, labels, validation[name], validation_labels)
        shares[name] = share
        if share > best_share:
            best, best_share = name, share
    return best, shares
