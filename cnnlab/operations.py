"""Which of TensorFlow's operations a call runs, under whatever name an answer reaches them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf
from tensorflow.python.framework import op_callbacks

from cnnlab import checks

_call, _add, _remove = checks.call, op_callbacks.add_op_callback, op_callbacks.remove_op_callback
_run_eagerly, _runs_eagerly = tf.config.run_functions_eagerly, tf.config.functions_run_eagerly


def recorded(function: Callable, *arguments: Any, **keywords: Any) -> tuple[Any, list[tuple[str, list[tuple]]]]:
    """What `checks.call` returns of a function, and the operations that were run meanwhile.

    TensorFlow reports each operation itself, so it makes no difference whether a function is called as `tf.nn`,
    `tf.raw_ops` or a Keras layer has it, was put aside beforehand, or runs inside a `tf.function`.

    Returns
    -------
    tuple
        the function's result; for each operation its kind, such as "Conv2D", and the shapes of its inputs, () where
        a shape is unknown.
    """
    found: list[tuple[str, list[tuple]]] = []

    def note(kind: str | bytes, inputs: tuple, *_: Any, **__: Any) -> None:
        found.append((kind.decode() if isinstance(kind, bytes) else kind, [_shape(part) for part in inputs]))

    before = _runs_eagerly()
    _run_eagerly(True)
    _add(note)
    try:
        return _call(function, *arguments, **keywords), found
    finally:
        _remove(note)
        _run_eagerly(before)


def _shape(tensor: Any) -> tuple:
    return tuple(tensor.shape) if tensor.shape.rank is not None else ()
