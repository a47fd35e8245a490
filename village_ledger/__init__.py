"""Village Ledger (村级三资账本): an offline ledger for a village's funds, assets and resources."""

import os

__version__ = "0.1.0"

# openpyxl writes through lxml where that happens to be installed, and other bytes than without it: the same month must
# give the same workbook on every machine. It looks at this once, when it is first imported.
os.environ["OPENPYXL_LXML"] = "False"
