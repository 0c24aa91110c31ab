"""The questions as `docs/questions.md` shows them for Python."""

import json
import re
from pathlib import Path

from asked import allow, function, role

from lambdaward.iam import Outcome

PAGE = Path(__file__).parents[3] / "docs" / "questions.md"


def test_the_code_of_the_page_runs(tmp_path, monkeypatch):

    monkeypatch.chdir(tmp_path)
    resources = {"F": function("f", "R"), "R": role("r", allow("s3:GetObject"))}
    (tmp_path / "template.yaml").write_text(json.dumps({"Resources": resources}))
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    names = {}
    exec(code, names)
    assert names["answer"].outcome is Outcome.ALLOWED
