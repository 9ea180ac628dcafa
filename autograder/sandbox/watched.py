"""What tests rely on: the modules, attributes and methods that the guard records and compares."""

from __future__ import annotations

import sys
from types import FunctionType, ModuleType

MODULES = (  # whose functions and classes must stay; where they are loaded
    "builtins", "ast", "codeop", "math", "operator", "cnnlab.checks", "numpy", "numpy.linalg", "numpy.testing",
    "IPython.core.interactiveshell", "IPython.core.inputtransformer2", "IPython.core.events",
    "ipykernel.ipkernel", "ipykernel.kernelbase", "ipykernel.zmqshell", "jupyter_client.session",
)
TENSORFLOW = (  # of all it has: what a comparison is made of
    "abs", "cast", "convert_to_tensor", "equal", "greater", "greater_equal", "less", "less_equal", "norm",
    "not_equal", "reduce_all", "reduce_any", "reduce_max", "reduce_mean", "reduce_sum", "shape", "subtract",
)
OF_SHELL = (  # attributes that must stay the same objects
    "ast_node_interactivity", "builtin_trap", "compile", "custom_exceptions", "CustomTB", "display_pub",
    "display_trap", "displayhook", "events", "history_manager", "input_transformer_manager", "InteractiveTB",
    "loop_runner", "user_ns",
)
VOLATILE = {"sys_excepthook"}  # of the shell's: it sets this itself with every cell that runs inside another
COMPARISONS = (  # what a class defines that decides itself what it is equal to
    "__abs__", "__array__", "__array_function__", "__array_ufunc__", "__eq__", "__float__", "__ge__", "__gt__",
    "__index__", "__instancecheck__", "__int__", "__le__", "__lt__", "__ne__", "__rsub__", "__sub__",
)


def contents(space: dict) -> dict[str, object]:
    """Of a namespace what can be called. Whether its code stays the same is the audit hook's matter."""
    kinds = (ModuleType, property, classmethod, staticmethod)
    return {name: value for name, value in list(space.items()) if callable(value) or isinstance(value, kinds)}


def differing(space: dict, contents: dict[str, object]) -> list[str]:
    return [name for name, value in contents.items() if space.get(name) is not value]


def behind(space: dict) -> dict[str, dict]:
    """The namespaces that a module's functions look names up in."""
    spaces = {}
    for value in list(space.values()):
        function = getattr(value, "__wrapped__", value)
        if isinstance(function, FunctionType):
            spaces[function.__globals__.get("__name__", "?")] = function.__globals__
    return spaces


def of_tensorflow() -> dict[str, dict]:
    """What TensorFlow and Keras compare with, where they are loaded."""
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is None:
        return {}
    chosen = {name: getattr(tensorflow, name) for name in TENSORFLOW}
    return behind(chosen) | {
        "tensorflow.debugging": vars(tensorflow.debugging), "tensorflow.Tensor": vars(tensorflow.Tensor),
        "tensorflow.Variable": vars(tensorflow.Variable),
    }
