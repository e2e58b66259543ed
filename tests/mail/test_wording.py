"""Templates: regsheet's own, a team's in their place, none of them able to do more than write."""

import pytest
from mailing import PROPERTY, drafts_of, people, text_of

from regsheet.errors import ConfigurationError
from regsheet.mail.wording import Wording, wrapped

FAULTS = {(2, "Cause"): None}
JO = "jo.wren@council.example"


def draft(path, **more):
    return drafts_of(path, people(PROPERTY), wording=Wording(**more))[JO]


def test_one_template_is_replaced_and_the_others_stay(make_annotated, tmp_path):
    path = make_annotated(FAULTS)
    (tmp_path / "findings.txt.j2").write_text("Hello {{ name }}, {{ findings_count }} by {{ reply_by }}.")
    mail = draft(path, folder=tmp_path)
    assert text_of(mail).startswith("Hello Jo Wren, 1 finding by Wednesday 15 January 2025.")
    assert "Please reply by" in text_of(mail, "html")


def test_the_subject_is_a_template(make_annotated):
    assert draft(make_annotated(FAULTS), subject="{{ file }}: {{ findings_count }}\nBcc: x@evil.example").subject == (
        "register.xlsx: 1 finding Bcc: x@evil.example"
    )


@pytest.mark.parametrize(
    "template",
    ["{{ name.__class__.__mro__ }}", "{{ ''.__class__.__base__.__subclasses__() }}", "{{ lipsum.__globals__ }}",
     "{{ items[0].__init__.__globals__ }}",
     "{{ self._TemplateReference__context.eval_ctx.environment }}{{ cycler.__init__.__globals__.os }}", "{{ nobody }}",
     "{% include '../../../../etc/passwd' %}", "{% include '/etc/passwd' %}", "{{ 1 / 0 }}", "{{ items.append(1) }}",
     "{% for x in range(10000000) %}{% endfor %}", "{{ name | nofilter }}", "{% if %}", "{{ '%s' % () }}",
     "{{ name.format_map({}).x }}"],
)  # fmt: skip
def test_a_template_can_do_nothing_but_write(make_annotated, tmp_path, template):
    (tmp_path / "findings.txt.j2").write_text("line one\n" + template)
    with pytest.raises(ConfigurationError, match=r"mail template findings\.txt\.j2 has a fault"):
        draft(make_annotated(FAULTS), folder=tmp_path)


def test_a_fault_names_the_line(make_annotated, tmp_path):
    (tmp_path / "findings.html.j2").write_text("one\ntwo\n{% if %}")
    with pytest.raises(ConfigurationError, match=r"findings\.html\.j2 has a fault in line 3"):
        draft(make_annotated(FAULTS), folder=tmp_path)


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ConfigurationError, match="is not there"):
        Wording(tmp_path / "absent")


def test_a_template_of_the_team_escapes_as_well(make_annotated, tmp_path):
    (tmp_path / "findings.html.j2").write_text("<p>{{ items[0].title }}</p>")
    mail = draft(make_annotated({**FAULTS, (2, "Risk Title"): "<b>Fire</b>"}), folder=tmp_path)
    assert text_of(mail, "html").strip() == "<p>&lt;b&gt;Fire&lt;/b&gt;</p>"


def test_lines_are_short_and_set_in():
    lines = wrapped("  What is wrong: " + "word " * 40, "   ").split("\n")
    assert all(len(line) <= 72 for line in lines)
    assert lines[0].startswith("  What")
    assert all(line.startswith("   w") for line in lines[1:])
