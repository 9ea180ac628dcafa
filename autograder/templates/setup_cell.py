# Run this cell first. In Colab it fetches the course; on your own machine it finds it.
import os
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # TensorFlow's start-up notes are not about you
REPOSITORY = "{{ repository }}"

if "google.colab" in sys.modules and not Path("/content/course").exists():
    fetched = subprocess.run(["git", "clone", "--quiet", "--depth=1", REPOSITORY, "/content/course"])
    if fetched.returncode != 0:
        raise SystemExit(f"Could not fetch {REPOSITORY}. Is it public, and are you online? Run this cell again.")
for folder in [Path("/content/course"), Path.cwd(), *Path.cwd().parents]:
    if (folder / "cnnlab").is_dir():
        sys.path.insert(0, str(folder))
        break

import tensorflow as tf

import cnnlab

gpu = "with a GPU" if tf.config.list_physical_devices("GPU") else "without a GPU"
print(f"Ready: Python {sys.version.split()[0]}, TensorFlow {tf.__version__}, cnnlab {cnnlab.__version__}, {gpu}.")
