"""What every test may ask for."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


def evaluation_folder() -> Path:
    """Where the evaluation folder is, or would be: REGSHEET_EVALUATION, else ``shared`` beside the repository."""
    return Path(os.environ.get("REGSHEET_EVALUATION") or REPOSITORY.parent / "shared").resolve()


@pytest.fixture(scope="session")
def evaluation() -> Path:
    """The folder of evaluation workbooks; a test that needs it is skipped where it is absent, and fails in CI."""
    folder = evaluation_folder()
    if not folder.is_dir():
        reason = f"the evaluation folder {folder} is absent; name it in REGSHEET_EVALUATION"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
