"""`check-update`: whether an update file is genuine."""

from pathlib import Path

from village_ledger.services.updates import check_update

from .arguments import Arguments


def run(arguments: Arguments) -> int:
    """Say which version a genuine update is and what to do with it."""
    signature = arguments.get("--sig")
    update = check_update(Path(arguments.required("FILE")), Path(signature) if signature else None)
    print(f"签名有效：{update.path.name}，版本 {update.version}")
    print(update.advice)
    return 0
