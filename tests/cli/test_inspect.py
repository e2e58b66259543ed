"""``regsheet inspect``: what is said of doubtful columns, and saving what they mean."""

import json

import openpyxl
from click.testing import CliRunner

from regsheet.cli.main import main
from regsheet.config import load_config


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def columns(path, *options):
    done = run("inspect", path, "--format", "json", *options)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)["tables"][0]["columns"]


def test_save_correct_and_read_again(make_register, tmp_path):
    path = make_register()
    done = run("inspect", path, "--save-mapping")
    assert done.exit_code == 0
    written = tmp_path / "regsheet.toml"
    assert str(written) in done.stdout
    assert load_config(written).config.mappings[0].headings["Risk Owner"] == "owner"

    written.write_text(written.read_text().replace('"Risk Owner" = "owner"', '"Risk Owner" = "action_owner"'))
    assert columns(path)["N"] == "action_owner"
    book = openpyxl.load_workbook(path)
    sheet = book["Register"]
    sheet.title = "Quarter 4"
    sheet.insert_rows(1, 3)
    sheet.insert_cols(1)
    book.save(tmp_path / "next.xlsx")
    assert columns(tmp_path / "next.xlsx")["O"] == "action_owner"
    assert "settled in regsheet.toml" in run("inspect", tmp_path / "next.xlsx").stdout


def test_rules_go_by_what_is_settled(make_register, tmp_path):
    path = make_register({(2, "Residual Rating"): 9})
    config = tmp_path / "other.toml"

    def codes():
        done = run("check", path, "--config", config, "--format", "json", "--as-of", "2024-12-31")
        return {finding["code"] for finding in json.loads(done.stdout)["findings"]}

    config.write_text("")
    assert "SC001" in codes()
    config.write_text('[[mappings]]\nheadings = { "Residual Rating" = "none" }\n')
    assert "SC001" not in codes()


def test_config_names_the_file_to_read_and_to_write(make_register, tmp_path):
    path, config = make_register(), tmp_path / "sub.toml"
    assert run("inspect", path, "--config", config).exit_code == 2
    done = run("inspect", path, "--config", config, "--save-mapping", "--format", "json")
    assert done.exit_code == 0
    json.loads(done.stdout)
    assert "Saved to" in done.stderr
    assert config.exists()
    assert not (tmp_path / "regsheet.toml").exists()
    config.write_text('[[mappings]]\nheadings = { "Risk Owner" = "commentary" }\n')
    assert columns(path, "--config", config)["N"] == "commentary"
    assert columns(path)["N"] == "owner"


def test_a_fault_in_the_mapping_is_one_sentence(make_register, tmp_path):
    (tmp_path / "regsheet.toml").write_text('[[mappings]]\nheadings = { "Risk Owner" = "boss" }\n')
    done = run("inspect", make_register())
    assert done.exit_code == 2
    assert "'boss', which heading 'Risk Owner' is mapped to, is no field" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_nothing_to_save(tmp_path):
    path = tmp_path / "empty.xlsx"
    openpyxl.Workbook().save(path)
    done = run("inspect", path, "--save-mapping")
    assert done.exit_code == 2
    assert "No table whose columns could be saved" in done.stderr
    assert not (tmp_path / "regsheet.toml").exists()


def test_doubtful_columns_are_said_to_be_assumed_until_they_are_settled(make_register):
    path = make_register({(number, "Existing Controls"): "Monthly" for number in range(1, 7)})
    text = run("inspect", path).stdout
    assert "assumed: " in text
    assert "--save-mapping" in text
    run("inspect", path, "--save-mapping")
    text = run("inspect", path).stdout
    assert "assumed: " not in text
    assert "--save-mapping" not in text
