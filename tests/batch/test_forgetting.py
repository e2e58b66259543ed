"""Between two workbooks, texts are forgotten."""

from pathlib import Path

from small import write_register

from regsheet.batch import forgetting
from regsheet.batch.survey import Reading, survey
from regsheet.config import Config
from regsheet.rules.risks import listed


def test_caches_of_texts_do_not_grow_from_workbook_to_workbook(tmp_path: Path) -> None:
    forgetting.forget()
    for number in range(forgetting.MOST + 1):
        listed(f"Text {number}; and more of it")
    assert listed.cache_info().currsize > forgetting.MOST
    survey(Reading("r.xlsx", str(write_register(tmp_path / "r.xlsx")), Config()))
    assert listed.cache_info().currsize <= forgetting.MOST
