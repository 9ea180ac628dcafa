"""What helps a student on the way: hints, answers to predictions, and how far the work has come.

    texts.py        finds the notebook's texts: cnnlab/guide/<notebook>.toml and cnnlab/guide/hints/<notebook>.toml
    hints.py        hint(task): three hints a task, one at a time
    predictions.py  reveal(name): the answer to a question that is asked before a cell is run
    overview.py     progress(): the tasks whose visible checks pass, and the written questions still empty
"""

from cnnlab.guide.hints import hint
from cnnlab.guide.overview import progress
from cnnlab.guide.predictions import reveal

__all__ = ["hint", "progress", "reveal"]
