#!/usr/bin/env bash
# Writes the reports of a demo as office files, reads them back with python-docx and openpyxl, compares every number with
# the JSON, converts them with LibreOffice and reads the pages with poppler.
#
#   tests/documents/office.sh [STEMME]
#
# STEMME is the program; without it the one that the tests built. What is missing is installed where this is allowed
# (CI, or a machine whose apt runs as root); else what cannot be checked is named and left out. The files stay in
# target/documents/office, to be looked at.
set -euo pipefail
cd "$(dirname "$0")/../.."
stemme=$(realpath "${1:-target/debug/stemme}")
work=$PWD/target/documents/office
environment=target/office
python=$environment/bin/python

left_out() { echo "office files: left out: $1"; exit 0; }
[ -x "$stemme" ] || left_out "there is no program at $stemme"
command -v python3 >/dev/null 2>&1 || left_out "no python3"
if ! "$python" -c 'import docx, openpyxl' >/dev/null 2>&1; then
  rm -rf "$environment"
  python3 -m venv "$environment" >/dev/null 2>&1 || left_out "python3 cannot make an environment"
  "$python" -m pip install --quiet --disable-pip-version-check 'python-docx>=1.1' 'openpyxl>=3.1' >/dev/null 2>&1 ||
    left_out "python-docx and openpyxl cannot be installed"
fi

converts() {
  command -v soffice && command -v pdftotext && [ -e /usr/lib/libreoffice/program/libswlo.so ]
} >/dev/null 2>&1
if ! converts && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils fonts-liberation2 >/dev/null 2>&1 || true
fi
pages=()
if converts; then pages=(--pages); else echo "office files: the pages are left out: no LibreOffice or no poppler"; fi

rm -rf "$work"
mkdir -p "$work/home"
export HOME=$work/home XDG_CONFIG_HOME=$work/home XDG_DATA_HOME=$work/home
PYTHONDONTWRITEBYTECODE=1 "$python" tests/documents/office.py "$stemme" "$work" "${pages[@]}"
