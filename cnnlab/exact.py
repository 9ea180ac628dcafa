"""What an answer returned, as objects of exact types, and how a message shows it.

A class of a student's own decides what it is equal to, how long it is and how it prints. So nothing is asked
of a value before its type is known, types are compared by identity, and what a value holds is read by the
functions of its type, which are bound here when this module is imported: no code of a student's runs.

| what an answer returns                                        | what `plain` makes of it         |
|---------------------------------------------------------------|----------------------------------|
| int, float, bool, str, None                                   | the same                         |
| a number, a bool or a text of NumPy's                         | int, float, bool, str            |
| a NumPy array of numbers or bools                             | the same; without axes: a number |
| a tensor, a variable of TensorFlow's or Keras's               | the NumPy array                  |
| tuple, namedtuple, tf.TensorShape                             | tuple of such things             |
| list, dict, OrderedDict, defaultdict, Counter, set, frozenset | list, dict, set of such things   |

Everything else is not a plain value: complex numbers, fractions, arrays of objects or text, masked arrays, matrices and
other subclasses, symbolic tensors, and every class that a notebook defines.
"""

from __future__ import annotations

import collections
import pathlib
import re
import sys
import types
from collections.abc import Callable
from typing import Any

import numpy as np

DEEPEST = 20  # levels of lists in lists
WIDEST = 12  # items that a message shows

_ndarray, _asarray, _array_equal = np.ndarray, np.asarray, np.array_equal
_in_tuple, _in_text, _copy_of_dict, _size_of_tuple = tuple.__getitem__, str.__getitem__, dict.copy, tuple.__len__
_name_of, _order_of, _namespace_of = (type.__dict__[name].__get__ for name in ("__name__", "__mro__", "__dict__"))


def _ids(*kinds: type) -> frozenset[int]:
    """Types by identity: a set of the types themselves would ask a student's metaclass for hash and equality."""
    return frozenset(map(id, kinds))


_SAME = _ids(int, float, bool, str, types.NoneType)
_NUMBERS = _ids(*(kind for kind in np.sctypeDict.values()
                  if issubclass(kind, np.bool_ | np.integer | np.floating) and kind is not np.timedelta64))
_DICTS = _ids(dict, collections.OrderedDict, collections.defaultdict, collections.Counter)
_SETS = _ids(set, frozenset)
_HANDED = _ids(_ndarray, tuple, list, dict, set)
_PRINTED = _ids(complex, range, slice, pathlib.PosixPath, pathlib.WindowsPath)
_FUNCTIONS = _ids(types.FunctionType, types.BuiltinFunctionType)


class NotPlain(TypeError):
    """A value is not of one of the types that tests compare."""


def plain(value: Any, depth: int = 0) -> Any:
    """A value as objects of exact types, as the table above says. An array is not copied.

    Raises
    ------
    NotPlain
        if it is, or holds, anything else.
    """
    kind = type(value)
    if id(kind) in _SAME:
        return value
    if id(kind) in _NUMBERS:
        return _number(value)
    if kind is _ndarray:
        if value.dtype.kind not in "biuf":
            raise NotPlain
        return value if value.ndim else _number(value[()])
    if depth > DEEPEST:
        raise NotPlain
    if kind is list:
        return [plain(item, depth + 1) for item in value]
    if kind is tuple or _is_namedtuple(kind):
        return tuple([plain(item, depth + 1) for item in _in_tuple(value, slice(None))])
    if id(kind) in _DICTS:
        return {plain(key, depth + 1): plain(item, depth + 1) for key, item in _copy_of_dict(value).items()}
    if id(kind) in _SETS:
        return {plain(item, depth + 1) for item in value}
    if kind is np.str_:
        return _in_text(value, slice(None))
    read = _readers().get(id(kind))
    if read is None:
        raise NotPlain
    return plain(read(value), depth + 1)


def array(value: Any) -> np.ndarray:
    """An array, a number of NumPy's, a tensor or a variable as a NumPy array of its own dtype.

    Raises
    ------
    NotPlain
        if it is anything else. The dtype can be any.
    """
    kind = type(value)
    if kind is _ndarray:
        return value
    if id(kind) in _NUMBERS:
        return _asarray(value)
    read = _readers().get(id(kind))
    if read is None:
        raise NotPlain
    return array(read(value))


def equal(one: Any, other: Any) -> bool:
    """Whether two plain values are the same. A bool is not a number, nor a list a tuple; 5 and 5.0 are the same."""
    kinds = {type(one), type(other)}
    if len(kinds) > 1 and kinds != {int, float}:
        return False
    if _ndarray in kinds:
        return bool(_array_equal(one, other))
    if kinds <= {tuple, list}:
        return len(one) == len(other) and all(map(equal, one, other))
    if kinds == {dict}:
        return one.keys() == other.keys() and all(equal(item, other[key]) for key, item in one.items())
    return one == other


def copied(value: Any) -> Any:
    """A copy of what a function could change of an argument: arrays, lists, dicts, sets, and those in them."""
    kind = type(value)
    if kind is _ndarray:
        return value.copy(order="K")
    if kind is tuple:
        return tuple([copied(item) for item in value])
    if kind is list:
        return [copied(item) for item in value]
    if kind is dict:
        return {key: copied(item) for key, item in value.items()}
    return set(value) if kind is set else value


def changed(value: Any, handed: Any) -> str:
    """What a function changed in the copy that it was handed: "array", "list", "dict", "set"; "" for nothing."""
    kind = type(value)
    if type(handed) is not kind:
        return "value"
    if kind is _ndarray:
        return "" if _same_array(value, handed) else "array"
    if id(kind) not in _HANDED:
        return "" if value is handed or (id(kind) in _SAME and value == handed) else "value"
    if len(value) != len(handed):
        return kind.__name__
    if kind is dict or kind is set:
        if any(one is not other for one, other in zip(value, handed, strict=True)):
            return kind.__name__
        value, handed = (list(value.values()), list(handed.values())) if kind is dict else ([], [])
    for item, one in zip(value, handed, strict=True):
        within = changed(item, one)
        if within:
            return kind.__name__ if within == "value" else within
    return ""


def shown(value: Any, longest: int = 60) -> str:
    """A value on one line; an array by its shape, and what is not plain by the name of its type."""
    text = " ".join(_text(value, longest, 0).split())
    return text if len(text) <= longest else text[: longest - 3] + "..."


def named(kind: type) -> str:
    """What a class is called, where that is a name."""
    found = _name_of(kind)
    return found if re.fullmatch(r"\w{1,60}", found) else "object"


def called(function: Any) -> str:
    """What a function, a method or a class is called; "" for anything else."""
    if type(function) is types.MethodType:
        function = function.__func__
    if id(type(function)) in _FUNCTIONS:
        return function.__name__ if re.fullmatch(r"[\w<>]{1,60}", function.__name__) else ""
    return named(function) if _inherits(type(function), type) else ""


def maker(kind: Any) -> Any:
    """The function `__init__` of a class, its own or an inherited one; None for what is no class."""
    if not _inherits(type(kind), type):
        return None
    return next((_namespace_of(one)["__init__"] for one in _order_of(kind) if "__init__" in _namespace_of(one)), None)


def _number(value: np.generic) -> int | float | bool:
    found = value.item()
    return found if id(type(found)) in _SAME else float(found)  # a long double's item is one again


def _inherits(kind: type, base: type) -> bool:
    return any(one is base for one in _order_of(kind))


def _is_namedtuple(kind: type) -> bool:
    """Whether a class was made by `namedtuple` or inherits from one that was. It is read as a tuple."""
    return _inherits(kind, tuple) and any(
        type(_namespace_of(one).get("_fields")) is tuple for one in _order_of(kind))


def _same_array(one: np.ndarray, other: np.ndarray) -> bool:
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    return one.dtype.hasobject or _array_equal(one, other) or one.tobytes() == other.tobytes()  # NaN differs from NaN


def _text(value: Any, longest: int, depth: int) -> str:
    kind = type(value)
    if kind is str:
        return repr(value[: longest + 1])
    if kind is int and value.bit_length() > 4 * longest:
        return f"a whole number of about {int(value.bit_length() * 0.30103) + 1} digits"
    if id(kind) in _SAME or id(kind) in _PRINTED:
        return repr(value)
    if kind is _ndarray and value.ndim:
        return f"array of shape {value.shape}"
    if id(kind) in _FUNCTIONS or kind is types.MethodType or _inherits(kind, type):
        return called(value)
    if id(kind) in _DICTS or id(kind) in _SETS or kind is list or kind is tuple or _is_namedtuple(kind):
        return _container(value, longest, depth + 1) if depth < 4 else "..."
    try:
        return _text(plain(value), longest, depth + 1)
    except NotPlain:
        return f"<{named(kind)} object>".replace("<object object>", "<object>")


def _container(value: Any, longest: int, depth: int) -> str:
    """A tuple, list, dict or set; a tuple or a list that holds arrays in words."""
    kind = type(value)
    if id(kind) in _DICTS:
        size, opening, closing = len(value), "{", "}"
        parts = [f"{_text(key, longest, depth)}: {_text(item, longest, depth)}"
                 for key, item in list(_copy_of_dict(value).items())[:WIDEST]]
    elif id(kind) in _SETS:
        size, opening, closing = len(value), "{", "}"
        parts = [_text(item, longest, depth) for item in list(value)[:WIDEST]]
    else:
        size, opening, closing = (len(value), "[", "]") if kind is list else (_size_of_tuple(value), "(", ")")
        first = value[:WIDEST] if kind is list else _in_tuple(value, slice(WIDEST))
        parts = [_text(item, longest, depth) for item in first]
        if any(part.startswith("array of") for part in parts):
            opening, closing = ("list of " if kind is list else "tuple of "), ""
    if size > WIDEST:
        parts.append("...")
    return opening + ", ".join(parts) + ("," if opening == "(" and size == 1 else "") + closing


_known: dict[int, Callable[[Any], Any]] = {}


def _readers() -> dict[int, Callable[[Any], Any]]:
    """How tensors, variables and shapes are read, by the identity of their types, once TensorFlow is loaded."""
    if not _known and "tensorflow.python.ops.resource_variable_ops" in sys.modules:
        tensor = sys.modules["tensorflow.python.framework.ops"].EagerTensor
        dtype = sys.modules["tensorflow.python.framework.dtypes"].DType
        shape = sys.modules["tensorflow.python.framework.tensor_shape"].TensorShape
        variable = sys.modules["tensorflow.python.ops.resource_variable_ops"].ResourceVariable
        read = sys.modules["tensorflow.python.ops.gen_resource_variable_ops"].read_variable_op
        dimensions_of, numbers_of = shape._dims.__get__, tensor._numpy_internal
        if numbers_of.__objclass__ is not tensor:
            raise NotPlain  # not TensorFlow's own

        def of_variable(value: Any) -> Any:
            handle, kind = value._handle, value._dtype
            if type(handle) is not tensor or type(kind) is not dtype:
                raise NotPlain
            return read(handle, kind)

        def of_shape(value: Any) -> Any:
            dimensions = dimensions_of(value)
            if type(dimensions) is not tuple:
                raise NotPlain  # a shape of unknown rank
            return dimensions

        _known.update({id(tensor): numbers_of, id(variable): of_variable, id(shape): of_shape})
    if _known and len(_known) < 4 and "keras.src.backend" in sys.modules:
        _known[id(sys.modules["keras.src.backend"].Variable)] = lambda value: value._value
    return _known


_readers()
