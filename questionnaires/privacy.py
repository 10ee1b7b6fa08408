"""Personal data that nobody needs for agreement: recognized, left out and counted; identifiers become pseudonyms."""

from __future__ import annotations

import hashlib
import hmac
import re
from pathlib import Path

from questionnaires.problems import ConsensusError
from questionnaires.reading.text import is_empty, key_of, shown

_HEADERS = re.compile(
    r"""^(?:
    (?:recipient|respondent|your|participant)?[\s_-]*
        (?:(?:first|last|full|given|family|sur|user)[\s_-]?name|e-?mail(?:[\s_-]?address)?
        |(?:tele|mobile[\s_-]?)?phone(?:[\s_-]?(?:number|no))?(?:[\s_-]?\d)?|mobile|telephone(?:[\s_-]?\d)?)
    |name|name[\s_-](?:first|last)|(?:name|email)|your\ name|ip[\s_-]?(?:address)?|adresse\ ip|ip-adresse
    |location[\s_-]?(?:latitude|longitude)|_?location_(?:latitude|longitude|altitude|precision)
    |(?:home|street|postal)?[\s_-]*address|dob|date\ of\ birth|username|_submitted_by|submitted_by|submittername
    |recipient(?:lastname|firstname|email)|external(?:data)?reference|custom\ data\ 1
    |来自ip|来源详情|姓名|您的姓名|手机|手机号|手机号码|电话|联系电话|联系方式|邮箱|电子邮箱|微信号|身份证号?
    )$""",
    re.VERBOSE,
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.-])(?:\+\d{1,3}[ -]?)?(?:1[3-9]\d{9}|\(\d{3}\) ?\d{3}-\d{4}|\d{3}-\d{3}-\d{4})(?!\w)")
_ADDRESS = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
_PATTERNS = ((_EMAIL, "[e-mail]"), (_PHONE, "[phone]"), (_ADDRESS, "[address]"))
_LENGTH = 12
_ENOUGH = 3


def is_personal_header(header: str) -> bool:
    """Return whether a column's header says that it holds a name, an address, a number to call or a place."""
    return _HEADERS.match(key_of(header).strip("?？:：*")) is not None


def holds_personal(cells: list[object]) -> bool:
    """Return whether most cells of a column are an e-mail address, a telephone number or an internet address."""
    filled = {shown(c) for c in cells if isinstance(c, str) and not is_empty(c)}
    found = sum(any(p.fullmatch(c.strip()) for p, _ in _PATTERNS) for c in filled)
    return found >= _ENOUGH and 2 * found > len(filled)


def masked(text: str) -> str:
    """Return a free text with e-mail addresses, telephone numbers and internet addresses masked."""
    for pattern, mask in _PATTERNS:
        text = pattern.sub(mask, text)
    return text


def pseudonym(identifier: str, key: bytes) -> str:
    """Return the first 12 hex digits of HMAC-SHA-256 of an identifier; its case and width don't matter."""
    return hmac.new(key, key_of(identifier).encode("utf-8"), hashlib.sha256).hexdigest()[:_LENGTH]


def read_key(path: Path) -> bytes:
    """Return the key of a study; ConsensusError where its file is empty or can't be read."""
    try:
        key = path.read_bytes().strip()
    except OSError as error:
        raise ConsensusError(f"{path}: the key of the study can't be read: {error.strerror}.") from None
    if len(key) < 16:
        raise ConsensusError(
            f"{path}: is too short for a key. Expected at least 16 characters, as consensus new writes."
        )
    return key
