# The ready-made one of Keras.
# Loses: test_confusion_matrix
# Told: calls a ready-made confusion matrix
from keras.src.metrics.metrics_utils import confusion_matrix as counted_by_keras


def confusion_matrix(labels, predictions, classes):
    return np.asarray(counted_by_keras(labels, predictions, classes, dtype="int32"))
