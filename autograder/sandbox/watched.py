"""What tests rely on: the modules, attributes and methods that the guard records and compares."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from operator import is_
from types import FunctionType, ModuleType

MODULES = (  # whose functions and classes must stay; where they are loaded
    "builtins", "ast", "codeop", "math", "operator", "cnnlab.checks", "cnnlab.exact", "numpy", "numpy.linalg",
    "numpy.testing",
    "IPython.core.interactiveshell", "IPython.core.inputtransformer2", "IPython.core.events",
    "IPython.core.compilerop", "ipykernel.compiler", "autograder.sandbox.shell", "autograder.sandbox.kernel",
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
OF_TENSORS = (*sorted({*COMPARISONS} - {"__instancecheck__"}), "numpy")  # that one is made anew when it is read


def contents(space: dict) -> dict[str, object]:
    """Of a namespace what can be called. Whether its code stays the same is the audit hook's matter."""
    kinds = (ModuleType, property, classmethod, staticmethod)
    return {name: value for name, value in list(space.items()) if callable(value) or isinstance(value, kinds)}


def differing(space: dict, contents: dict[str, object]) -> list[str]:
    if all(map(is_, map(space.get, contents), contents.values())):  # nearly always, and there are thousands
        return []
    return [name for name, value in contents.items() if space.get(name) is not value]


def behind(space: dict) -> dict[str, dict]:
    """The namespaces that a module's functions look names up in."""
    spaces = {}
    for value in list(space.values()):
        function = getattr(value, "__wrapped__", value)
        if isinstance(function, FunctionType):
            spaces[function.__globals__.get("__name__", "?")] = function.__globals__
    return spaces


def of_tensorflow() -> tuple[dict[str, dict], list[tuple[str, object, dict[str, object]]]]:
    """What TensorFlow compares with, where it is loaded: namespaces, and attributes of some objects.

    An eager tensor inherits its comparisons: what its own class gets later comes before them.
    """
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is None:
        return {}, []
    chosen = _attributes(tensorflow, TENSORFLOW)
    eager = sys.modules["tensorflow.python.framework.ops"].EagerTensor
    kinds = {"tensorflow.Tensor": tensorflow.Tensor, "tensorflow.Variable": tensorflow.Variable, "EagerTensor": eager}
    return behind(chosen) | {"tensorflow.debugging": vars(tensorflow.debugging)}, [
        ("tensorflow", tensorflow, chosen),
        *((label, kind, _attributes(kind, OF_TENSORS)) for label, kind in kinds.items()),
    ]


def _attributes(thing: object, names: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(thing, name, None) for name in names}


def is_notebooks(names: dict, thing: object) -> bool:
    """Whether a callable, or an object's class, was written in a cell."""
    thing = getattr(thing, "func", thing)  # a partial
    thing = getattr(thing, "__func__", thing)  # a method
    if isinstance(thing, FunctionType):
        return thing.__globals__ is names
    methods = vars(thing if isinstance(thing, type) else type(thing)).values()
    return any(getattr(getattr(one, "__func__", one), "__globals__", None) is names for one in methods)


class Watched:
    """What a kernel is, recorded when this is made."""

    def __init__(self, kernel) -> None:
        self.shell, self.names = kernel.shell, kernel.shell.user_ns
        self.modules = {name: sys.modules[name] for name in MODULES if name in sys.modules}
        spaces = {name: vars(module) for name, module in self.modules.items()}
        for name in [name for name in spaces if name.startswith("numpy")]:
            spaces |= behind(vars(self.modules[name]))
        shell = self.shell
        objects = {
            "shell": shell, "kernel": kernel, "session": kernel.session, "compile": shell.compile,
            "display_pub": shell.display_pub, "displayhook": shell.displayhook, "events": shell.events,
            "history_manager": shell.history_manager, "input_transformer_manager": shell.input_transformer_manager,
        }
        for label, thing in objects.items():
            for kind in type(thing).__mro__:
                if not kind.__module__.startswith(("traitlets", "builtins")):
                    spaces[f"{kind.__module__}.{kind.__qualname__}"] = vars(kind)
            spaces[label] = vars(thing)
        spaces["the kernel's handlers"] = kernel.shell_handlers
        spaces["ast.NodeTransformer"] = vars(sys.modules["ast"].NodeTransformer)
        spaces["ast.NodeVisitor"] = vars(sys.modules["ast"].NodeVisitor)
        more, of_tensors = of_tensorflow()
        spaces |= more
        self.objects = objects
        self.spaces = [(label, space, contents(space)) for label, space in spaces.items()]
        self.attributes = [("shell", shell, _attributes(shell, OF_SHELL)), *of_tensors]
        self.lists = [(label, found, tuple(found)) for label, found in self._lists()]
        self.callbacks = {name: tuple(found) for name, found in shell.events.callbacks.items()}
        self.finders = tuple(sys.meta_path), tuple(sys.path_hooks)

    def _lists(self) -> Iterator[tuple[str, list]]:
        manager = self.shell.input_transformer_manager
        yield "an AST transformer", self.shell.ast_transformers
        yield "an input transformer", manager.cleanup_transforms
        yield "an input transformer", manager.line_transforms
        yield "an input transformer", manager.token_transformers
        yield "an input transformer", self.shell.input_transformers_post

    def changed(self) -> Iterator[str]:
        """What is not as it was, in sentences."""
        yield from self._replaced()
        yield from self._transformed()

    def _replaced(self) -> Iterator[str]:
        """Functions, classes and methods that are not what they were."""
        for label, space, held in self.spaces:
            for name in differing(space, held):
                if name not in VOLATILE:
                    yield f"`{label}.{name}` was replaced"
        for label, thing in self.objects.items():
            recorded = next(held for name, _, held in self.spaces if name == label)
            for name, value in vars(thing).items():
                if name not in recorded and callable(value) and callable(getattr(type(thing), name, None)):
                    yield f"`{label}.{name}` was replaced"
        for name, module in self.modules.items():
            if sys.modules.get(name) is not module:
                yield f"the module `{name}` was replaced"
        for label, thing, held in self.attributes:
            for name, value in held.items():
                if getattr(thing, name, None) is not value:
                    yield f"`{label}.{name}` was replaced"

    def _transformed(self) -> Iterator[str]:
        """IPython's transformers and callbacks, Python's tracing and its importers."""
        for (label, now), (_, found, recorded) in zip(self._lists(), self.lists, strict=True):
            if now is not found or not _same_items(now, recorded):
                yield f"{label} was added or removed"
        for event, callbacks in self.shell.events.callbacks.items():
            for callback in callbacks:
                home = getattr(callback, "__module__", None) or ""
                if not _among(callback, self.callbacks[event]) and not home.startswith("matplotlib"):
                    yield f"a callback was registered for {event}"
        if sys.gettrace() or sys.getprofile() or threading.gettrace() or threading.getprofile():
            yield "a tracing function is set"
        monitoring = getattr(sys, "monitoring", None)
        if monitoring and any(monitoring.get_tool(number) for number in range(6)):
            yield "a monitoring tool is set"
        for now, recorded in zip((sys.meta_path, sys.path_hooks), self.finders, strict=True):
            if any(is_notebooks(self.names, finder) for finder in now if not _among(finder, recorded)):
                yield "the way modules are imported was changed"


def _key(item: Callable) -> tuple:
    """The same for two bound methods of one object, which are made anew each time."""
    return id(getattr(item, "__self__", None)), id(getattr(item, "__func__", item))


def _among(item: object, items: tuple) -> bool:
    return any(_key(item) == _key(other) for other in items)


def _same_items(now: list, recorded: tuple) -> bool:
    return len(now) == len(recorded) and all(_key(a) == _key(b) for a, b in zip(now, recorded, strict=True))
