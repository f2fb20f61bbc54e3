"""Datasets chosen one by one, as an address holds them: ``ids``, parted by commas."""

from collections.abc import Sequence

import streamlit as st

MOST_IDS = 1_000
_MOST_DIGITS = 18


def ids_of_address() -> tuple[int, ...]:
    """Return the datasets that the address names one by one, each once."""
    return ids_of_text(st.query_params.get("ids", ""))


def ids_of_text(text: str) -> tuple[int, ...]:
    """Return the numbers parted by commas, each once.

    1,000 at most: what is beyond is not read, for a filter says the same in fewer letters.
    """
    numbers = (number_of_text(part) for part in text.split(","))
    return tuple(dict.fromkeys(each for each in numbers if each is not None))[:MOST_IDS]


def number_of_address(name: str) -> int | None:
    """Return the number that the address names, ``None`` where it names none."""
    return number_of_text(st.query_params.get(name, ""))


def number_of_text(text: str) -> int | None:
    """Return the number that a text is, ``None`` where it is none that a key could be."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else None


def address_of_ids(dataset_ids: Sequence[int]) -> dict[str, str]:
    """Return the parameter of an address that names some datasets one by one."""
    return {"ids": ",".join(str(each) for each in dataset_ids[:MOST_IDS])}
