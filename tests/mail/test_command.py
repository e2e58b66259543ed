"""The command: what it prints, writes and refuses."""

import datetime as dt
import re
import shutil

import pytest
from click.testing import CliRunner
from mailing import attached, opened, parsed, text_of
from test_sending import Post, certificates, running  # noqa: F401 - the fixture

from regsheet.cli.main import main


@pytest.fixture
def folder(council, tmp_path):
    """A copy of the council's folder that a test may write to."""
    return shutil.copytree(council, tmp_path / "council")


def run(*arguments):
    return CliRunner().invoke(main, ["mail", *map(str, arguments)])


def test_a_dry_run_shows_who_gets_what_and_writes_nothing(folder):
    before = sorted(folder.iterdir())
    done = run(folder / "strategic-risk-register.checked.xlsx", "--dry-run")
    assert done.exit_code == 0, done.output
    for words in (
        "Ruth Lidgate",
        "12",
        "Assurance team",
        "no owner named",
        "ruth.lidgate@fernleigh.example",
        "nothing was sent",
        "(HY004)",
    ):
        assert words in done.output
    assert sorted(folder.iterdir()) == before


def test_drafts_are_written_and_nothing_is_sent(folder, tmp_path):
    done = run(folder / "strategic-risk-register.checked.xlsx", "-o", tmp_path / "drafts")
    assert done.exit_code == 0, done.output
    assert "Wrote 9 drafts" in done.output
    files = sorted(path.name for path in (tmp_path / "drafts").iterdir())
    assert len(files) == 10
    assert "sent.csv" not in files
    draft = (tmp_path / "drafts" / "Ruth Lidgate, Head of Environment and Community.eml").read_bytes()
    message = parsed(draft)
    assert message["From"] == '"Risk and Assurance, Fernleigh Borough Council" <assurance@fernleigh.example>'
    assert "Wednesday 15 January 2025" in message["Subject"]


def test_the_drafts_are_the_same_each_time(folder):
    path = folder / "strategic-risk-register.checked.xlsx"
    seen = []
    for name in ("one", "two"):
        assert run(path, "--all", "-o", folder / name).exit_code == 0
        seen.append({file.name: file.read_bytes() for file in (folder / name).iterdir()})
    assert seen[0] == seen[1]
    assert len(seen[0]) == 14


def test_options_win_over_the_configuration(folder):
    path = folder / "strategic-risk-register.checked.xlsx"
    done = run(path, "--from", "Audit <audit@other.example>", "--reply-by", "2025-02-03", "-o", folder / "drafts")
    assert done.exit_code == 0, done.output
    message = parsed((folder / "drafts" / "Assurance team.eml").read_bytes())
    assert (message["From"], message["To"]) == ("Audit <audit@other.example>",) * 2
    assert "Monday 3 February 2025" in text_of((folder / "drafts" / "Assurance team.eml").read_bytes())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--reply-by", "2024-12-31"), "is not after the day of the check"),
        (("--from", "nobody"), "is not an e-mail address"),
        (("--owners", "absent.csv"), "absent.csv"),
        (("--send",), "--send needs --smtp"),
        (("--send", "--smtp", "smtp://x"), "is not a mail server"),
        (("--send", "--smtp", "smtp.council.example:25", "--insecure-plain"), "this computer itself"),
    ],
)
def test_refusals(folder, arguments, sentence):
    done = run(folder / "strategic-risk-register.checked.xlsx", *arguments)
    assert done.exit_code == 2
    assert sentence in " ".join(done.output.split())
    assert not (folder / "strategic-risk-register.mail").exists()


def test_without_an_owners_list_nobody_can_be_written_to(folder):
    (folder / "regsheet.toml").unlink()
    done = run(folder / "strategic-risk-register.checked.xlsx")
    assert done.exit_code == 2
    assert "There is no owners list" in done.output


def test_nothing_is_sent_without_a_sender(folder):
    done = run(folder / "strategic-risk-register.checked.xlsx", "--owners", folder / "owners.csv", "--config",
               _without_mail(folder), "--send", "--smtp", "localhost:1", "-o", folder / "drafts")  # fmt: skip
    assert done.exit_code == 2
    assert "Nothing is sent without a sender" in done.output


def _without_mail(folder):
    path = folder / "plain.toml"
    path.write_text((folder / "regsheet.toml").read_text().partition("[mail]")[0])
    return path


def test_drafts_without_a_sender_say_so(folder):
    done = run(folder / "strategic-risk-register.checked.xlsx", "--owners", folder / "owners.csv", "--config",
               _without_mail(folder), "-o", folder / "drafts")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "No sender is set" in done.output
    assert "(no address)" in done.output


def test_sending_and_sending_again(folder, certificates):  # noqa: F811 - the fixture
    post, path = Post(), folder / "strategic-risk-register.checked.xlsx"
    post.refuse["ruth.lidgate@fernleigh.example"] = "550 No such user"
    with running(post, certificates[1]) as port:
        send = ("--send", "--smtp", f"localhost:{port}", "--ca-file", certificates[0], "-o", folder / "drafts")
        first = run(path, *send)
        post.refuse.clear()
        again = run(path, *send)
    assert first.exit_code == 2
    assert "Ruth Lidgate <ruth.lidgate@fernleigh.example>: refused\n  550 No such user\n" in first.output
    assert "8 sent, 1 refused" in first.output or "1 refused" in first.output
    assert again.exit_code == 0, again.output
    assert "8 sent before, 1 sent" in again.output
    assert len(post.taken) == 9


def test_one_reason_for_all_is_said_once(folder):
    path, drafts = folder / "strategic-risk-register.checked.xlsx", folder / "drafts"
    done = run(path, "--send", "--smtp", "localhost:1", "-o", drafts)
    assert done.exit_code == 2
    assert done.output.count(": not sent\n") == 9
    assert done.output.count("localhost") == 1
    assert (drafts / "sent.csv").read_text().count("localhost") == 9


def test_the_whole_round(folder, tmp_path):
    """Annotate, mail, an edit and an answer in the copy, merge: the finding is resolved, the answer there."""
    path = folder / "strategic-risk-register.checked.xlsx"
    assert run(path, "-o", folder / "drafts").exit_code == 0
    draft = (folder / "drafts" / "Gareth Lomas, Head of Procurement and Contracts.eml").read_bytes()
    returned = tmp_path / "strategic-risk-register.checked Gareth Lomas.xlsx"
    book = opened(attached(draft))
    book["Strategic Risk Register"]["T7"] = dt.datetime(2024, 12, 5)
    findings = book["Findings"]
    row = next(row for row in range(5, findings.max_row + 1) if not findings.row_dimensions[row].hidden)
    findings.cell(row, 14).value = "Agree"
    book.save(returned)
    merged = tmp_path / "merged.xlsx"
    arguments = ["merge", path, returned, "-o", merged, "--as-of", "2024-12-31"]
    done = CliRunner().invoke(main, list(map(str, arguments)))
    assert done.exit_code == 0, done.output
    rows = [[cell.value for cell in row] for row in opened(merged)["Findings"].iter_rows(min_row=5)]
    assert not any(row[2].startswith("DT007") for row in rows if row[2])
    assert "Agree" in {row[13] for row in rows}
    assert opened(merged)["Strategic Risk Register"]["T7"].value == dt.datetime(2024, 12, 5)


def test_redaction_is_said(folder):
    done = run(folder / "strategic-risk-register.checked.xlsx", "--redact", "-o", folder / "drafts")
    assert done.exit_code == 0, done.output
    assert "Dropped 1 hidden sheet: “Notes”." in done.output
    assert "HY004" not in done.output


def test_help_names_every_option():
    done = run("--help")
    assert set(re.findall(r"--[a-z-]+", done.output)) >= {
        "--owners", "--config", "--from", "--reply-by", "--all", "--redact", "--dry-run", "--force", "--send", "--smtp",
        "--ca-file", "--insecure-plain",
    }  # fmt: skip
