"""The same workbook on every machine, whatever else is installed there."""

import subprocess
import sys


def test_workbooks_are_not_written_through_a_library_that_happens_to_be_there():
    asked = "import lxml, village_ledger.exports.excel, openpyxl.xml; print(openpyxl.xml.LXML)"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "False\n"
