#!/usr/bin/env python3
"""Makes the evaluation that every run of the crash tests begins with: the program's own example, whose people and
keys are made up and whose keys lie beside it, with the survey of the crash tests in the place of its own and without
its interviews.

    template.py PROGRAM FOLDER
"""
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def make(program, folder):
    """Makes FOLDER/ev and FOLDER/home."""
    folder = Path(folder)
    evaluation = folder / "ev"
    env = dict(os.environ, STEMME_HOME=str(folder / "home"))
    subprocess.run([program, "demo", "--dir", evaluation, "--quiet"], env=env, check=True, capture_output=True)
    (folder / "home").mkdir(exist_ok=True)
    for made in ["out", "releases", "workbook"]:
        shutil.rmtree(evaluation / made)
        (evaluation / made).mkdir(mode=0o700)
    survey = (HERE / "survey.toml").read_bytes()
    sha256 = hashlib.sha256(survey).hexdigest()
    (evaluation / "surveys" / f"{sha256}.toml").write_bytes(survey)
    text = (evaluation / "evaluation.toml").read_text()
    text = re.sub(r"\[\[site\]\].*?(?=\[consent_policy\])", "", text, flags=re.S)
    text = re.sub(r"\[consent_policy\].*?(?=\[disclosure\])", "", text, flags=re.S)
    # One round with one survey, and nothing of the example's own questions.
    text = re.sub(r"(?m)^\[\[(?:round|survey)\]\].*\n(?:(?!\[).*\n?)*", "", text)
    text = re.sub(r"(?m)^breakdowns = .*\n", "", text)
    text += f"""
[[round]]
id = "r1"
title = {{ nb = "Prøve" }}
surveys = ["crash"]

[[survey]]
id = "crash"
version = "1"
sha256 = "{sha256}"
"""
    (evaluation / "evaluation.toml").write_text(text)


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2])
