"""``look-back`` from the command line: JSON alone on standard output, PDF where asked, refusals as
sentences.
"""

import json
from argparse import ArgumentParser
from datetime import date

import pytest

from drumbeat.core.refusal import Refused
from drumbeat.desk.lookback import command
from drumbeat.desk.lookback.tests.make import TODAY, deals, people, won


@pytest.fixture
def files(tmp_path):
    return [str(people(tmp_path, ("Rob", "Ana"))), str(deals(tmp_path, won(1, "Rob", "2017-12-01")))]


def call(*words, as_of=TODAY, as_json=True):
    parser = ArgumentParser()
    command.add_parser(parser.add_subparsers())
    args = parser.parse_args(["look-back", *words])
    args.json, args.as_of = as_json, as_of
    return command.run(args)


def test_json_alone(files, capsys):
    assert call(*files) == 0
    out = capsys.readouterr().out
    assert json.loads(out)["to"] == "2017-12-31"
    assert out.count("\n") == 1


def test_text(files, capsys):
    assert call(*files, as_json=False, as_of=date(2018, 1, 7)) == 0
    assert capsys.readouterr().out.startswith("Your last 13 weeks: 9 October 2017 to 7 January 2018")


def test_pdf(files, capsys, tmp_path):
    assert call(*files, "--pdf", str(tmp_path / "page.pdf")) == 0
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")
    captured = capsys.readouterr()
    json.loads(captured.out)
    assert "page.pdf" in captured.err


def test_refusals(files, tmp_path):
    with pytest.raises(Refused):
        call(str(tmp_path / "absent.csv"))
    with pytest.raises(Refused):
        call(str(tmp_path))
    with pytest.raises(command.CannotWrite):
        call(*files, "--pdf", str(tmp_path / "no" / "page.pdf"))
    with pytest.raises(Refused):
        call(*files, "--map", str(tmp_path / "absent.toml"))
    (tmp_path / "bad.toml").write_text("[people\n")
    with pytest.raises(Refused):
        call(*files, "--map", str(tmp_path / "bad.toml"))


def test_needs_no_django(files):
    """The command works in a process that never imports Django."""
    import subprocess
    import sys

    code = (
        "import sys; from argparse import Namespace; from datetime import date; from pathlib import Path;"
        "from drumbeat.desk.lookback import command;"
        f"command.run(Namespace(files=[Path(p) for p in {files!r}], map=None, calendar=[], me='',"
        "suppliers='', weeks=13, pdf=None, json=True, as_of=date(2017, 12, 31)));"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)
