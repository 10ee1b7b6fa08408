"""Every sentence is there in each language: the same modules, names, parameters and keys."""

import inspect
import re
from importlib import import_module

import pytest

from reports import wording

CHINESE = re.compile(r"[\u3400-\u9fff]")
# Names, signs and joints that are not words of a language, or are the same in both.
NOT_WORDS = {"AND", "NO_BREAK", "SAME", "BETWEEN", "NUMBERS", "FOOTER"}


def public(language, name):
    module = import_module(f"reports.wording.{language}.{name}")
    own = {
        key: value
        for key, value in vars(module).items()
        if not key.startswith("_") and key not in ("annotations", "Sequence", "Mapping", "Iterable")
    }
    return {
        key: value for key, value in own.items() if getattr(value, "__module__", module.__name__) == module.__name__
    }


def parameters(value):
    return [(p.name, p.kind, str(p.annotation)) for p in inspect.signature(value).parameters.values()]


def test_each_language_has_the_same_modules():
    assert {language: wording.modules(language) for language in wording.LANGUAGES} == dict.fromkeys(
        wording.LANGUAGES, wording.modules("en")
    )


@pytest.mark.parametrize("name", wording.modules("en"))
def test_each_module_has_the_same_names_in_both(name):
    english, chinese = public("en", name), public("zh", name)
    assert sorted(english) == sorted(chinese)
    for key, value in english.items():
        other = chinese[key]
        if callable(value):
            assert parameters(value) == parameters(other), key
        elif isinstance(value, dict):
            assert list(value) == list(other), key
        elif isinstance(value, tuple):
            assert len(value) == len(other), key
        else:
            assert type(value) is type(other), key


def texts(value):
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    return [text for part in value for text in texts(part)] if isinstance(value, tuple | list) else []


@pytest.mark.parametrize("name", wording.modules("zh"))
def test_what_is_said_in_chinese_is_chinese_and_in_english_english(name):
    for key, value in public("zh", name).items():
        if key not in NOT_WORDS and not callable(value):
            assert [t for t in texts(value) if re.search("[A-Za-z]{4}", t) and not CHINESE.search(t)] == [], key
    assert [key for key, value in public("en", name).items() for t in texts(value) if CHINESE.search(t)] == []
