"""What passes between the worker and a kernel's guard."""

import pytest

from autograder.engine.sandbox.seal import genuine, opened, sealed, signed

SECRET = b"s" * 32


@pytest.mark.parametrize("text", ["assert f(3) == 6  # ümläute, 漢字", "x" * 100_000, "half a character \ud800"])
def test_a_sealed_text_is_read_by_who_knows_the_secret_alone(text):
    closed = sealed(SECRET, "nonce", text)
    assert opened(SECRET, "nonce", closed) == text
    plain = text.encode("utf-8", "surrogatepass").hex()
    assert len(closed) == len(plain) and not any(plain[place:place + 12] in closed for place in range(0, len(plain) - 11, 12))
    assert len({closed, sealed(SECRET, "another", text), sealed(b"t" * 32, "nonce", text)}) == 3


def test_nothing_sealed_is_nothing():
    assert opened(SECRET, "nonce", sealed(SECRET, "nonce", "")) == ""


def test_an_answer_is_genuine_with_its_own_nonce_and_secret_only():
    message = signed(SECRET, "nonce", {"found": ["ü"], "value": 1.5})
    assert genuine(SECRET, "nonce", message) == {"found": ["ü"], "value": 1.5}
    assert genuine(SECRET, "another", message) is None
    assert genuine(b"t" * 32, "nonce", message) is None
    assert genuine(SECRET, "nonce", message | {"text": '{"found": []}'}) is None


@pytest.mark.parametrize("message", [None, {}, 3, {"text": 1, "signature": "x"}, {"text": "{}", "signature": 5}])
def test_what_is_no_answer_is_none(message):
    assert genuine(SECRET, "nonce", message) is None
