# Takes the ready-made function of ResNet, which prepares in the same way, under another name.
# Loses: test_preprocess
# Told: calls a ready-made preprocess_input
from tensorflow.keras.applications.resnet50 import preprocess_input as prepare


def preprocess(images):
    return prepare(np.array(images, "float32"))
