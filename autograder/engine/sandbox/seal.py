"""What passes between the worker and a kernel's guard: signed, and a test's text sealed.

Both know a secret that was sent before the first cell. A student's code in the kernel can see the messages, and cannot
read or make them.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from hmac import compare_digest
from itertools import count
from typing import Any

_BLOCK = 64  # bytes


def sealed(secret: bytes, nonce: str, text: str) -> str:
    """A text that can be read only with the secret; `nonce` must be a new one each time."""
    return _mixed(secret, nonce, text.encode("utf-8", "surrogatepass")).hex()


def opened(secret: bytes, nonce: str, text: str) -> str:
    """What `sealed` was given."""
    return _mixed(secret, nonce, bytes.fromhex(text)).decode("utf-8", "surrogatepass")


def asks(nonce: str) -> str:
    """What a question is signed with: it cannot come back as its own answer, which is signed with the nonce."""
    return f"{nonce} asks"


def signed(secret: bytes, nonce: str, message: dict) -> dict:
    """A message as it is sent: an answer to the question with that nonce, or with `asks` of it the question."""
    text = json.dumps(message)
    return {"text": text, "signature": _signature(secret, nonce, text)}


def genuine(secret: bytes, nonce: str, message: Any) -> dict | None:
    """What was signed; None where it was made up."""
    try:
        text, signature = message["text"], message["signature"]
        return json.loads(text) if compare_digest(signature, _signature(secret, nonce, text)) else None
    except (KeyError, TypeError, ValueError, RecursionError):
        return None


def _signature(secret: bytes, nonce: str, text: str) -> str:
    return blake2b(f"{nonce}\n{text}".encode("utf-8", "replace"), key=secret).hexdigest()


def _mixed(secret: bytes, nonce: str, data: bytes) -> bytes:
    """The data, added without carry to a stream of numbers that the secret and the nonce decide."""
    stream = bytearray()
    for number in count():
        if len(stream) >= len(data):
            break
        stream += blake2b(f"{nonce} {number}".encode(), key=secret, digest_size=_BLOCK, person=b"sealed").digest()
    mixed = int.from_bytes(data, "big") ^ int.from_bytes(stream[:len(data)], "big")
    return mixed.to_bytes(len(data), "big")
