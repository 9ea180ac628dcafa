"""Sign the messages between the worker and a kernel's guard, and seal the text of tests.

Both sides know a secret that was sent before the first cell. Student code in the kernel can see the messages, but can
neither read a sealed text nor forge a signature.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from hmac import compare_digest
from itertools import count
from typing import Any

_BLOCK = 64  # bytes


def sealed(secret: bytes, nonce: str, text: str) -> str:
    """Encrypt a text, which can then be read only with the secret; `nonce` must be new each time."""
    return _mixed(secret, nonce, text.encode("utf-8", "surrogatepass")).hex()


def opened(secret: bytes, nonce: str, text: str) -> str:
    """Decrypt a text that `sealed` has encrypted."""
    return _mixed(secret, nonce, bytes.fromhex(text)).decode("utf-8", "surrogatepass")


def asks(nonce: str) -> str:
    """Return the nonce that signs a question.

    The answer is signed with `nonce` itself, so that a question cannot be sent back as its own answer.
    """
    return f"{nonce} asks"


def signed(secret: bytes, nonce: str, message: dict) -> dict:
    """Return a message in the form in which it is sent: an answer to the question with this nonce.

    For the question itself, `nonce` is the result of `asks`.
    """
    text = json.dumps(message)
    return {"text": text, "signature": _signature(secret, nonce, text)}


def genuine(secret: bytes, nonce: str, message: Any) -> dict | None:
    """Return the message that was signed; None if the signature is not valid."""
    try:
        text, signature = message["text"], message["signature"]
        return json.loads(text) if compare_digest(signature, _signature(secret, nonce, text)) else None
    except (KeyError, TypeError, ValueError, RecursionError):
        return None


def _signature(secret: bytes, nonce: str, text: str) -> str:
    return blake2b(f"{nonce}\n{text}".encode("utf-8", "replace"), key=secret).hexdigest()


def _mixed(secret: bytes, nonce: str, data: bytes) -> bytes:
    """Return the data XORed with a key stream that is derived from the secret and the nonce."""
    stream = bytearray()
    for number in count():
        if len(stream) >= len(data):
            break
        stream += blake2b(f"{nonce} {number}".encode(), key=secret, digest_size=_BLOCK, person=b"sealed").digest()
    mixed = int.from_bytes(data, "big") ^ int.from_bytes(stream[:len(data)], "big")
    return mixed.to_bytes(len(data), "big")
