# The ready-made one of TensorFlow 1.
# Loses: test_confusion_matrix
# Told: calls a ready-made confusion matrix
def confusion_matrix(labels, predictions, classes):
    return tf.compat.v1.confusion_matrix(labels, predictions, num_classes=classes).numpy()
