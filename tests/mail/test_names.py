"""File names that every computer takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.mail.names import free_name, safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jo Wren, Head of Property", "Jo Wren, Head of Property"),
        ("../../etc/passwd", "etc passwd"),
        ("CON", "_CON"),
        ("com1.txt", "_com1.txt"),
        ("LPT³", "_LPT³"),
        ('a<b>c:d"e/f\\g|h?i*j', "a b c d e f g h i j"),
        ("name. . ", "name"),
        ("", "unnamed"),
        ("\u202e\x00", "unnamed"),
        ("Zoë Žižek", "Zoë Žižek"),
    ],
)
def test_names(text, name):
    assert safe_name(text) == name


def test_plain_names_are_ascii():
    assert safe_name("Zoë Žižek 王", plain=True) == "Zoe Zizek"


@given(st.text(max_size=400), st.booleans())
def test_any_name(text, plain):
    name = safe_name(text, plain=plain)
    assert 0 < len(name) <= 81
    assert len(name.encode()) <= 161
    assert not set(name) & set('<>:"/\\|?*\x00\r\n')
    assert name == name.strip(" .")


def test_no_name_twice_whatever_its_case():
    assert free_name("Jo", ".eml", {"jo.eml", "jo (2).eml"}) == "Jo (3).eml"
