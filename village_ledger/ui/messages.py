"""What the program says when something cannot be done, in words that tell what to do next."""

from pathlib import Path

READ_ONLY = "这个账套以只读方式打开：可以查看、打印和导出，不能填制凭证或修改。"


def crashed(report: Path | None) -> str:
    """The text of the dialog after a bug of ours."""
    where = (
        f"并把下面的出错报告交给技术人员。\n报告只在这台电脑上，里面没有账目、姓名和金额：\n{report}"
        if report
        else "并告诉技术人员出错时正在做什么（磁盘写不进去，没能留下出错报告）。"
    )
    return f"刚才的操作没有完成，但已保存的账没有受影响。\n\n请再试一次；如果还是不行，请关闭程序后重新打开，{where}"


def died(report: Path) -> str:
    """The text of the dialog when the last run ended by itself."""
    return (
        "上次使用时程序意外退出了。已保存的账没有受影响，没保存的那一张可能要重填。\n\n"
        "如果常常这样，请把下面的出错报告交给技术人员。\n"
        f"报告只在这台电脑上，里面没有账目、姓名和金额：\n{report}"
    )


def backed_up(path: Path) -> str:
    """The status line after a backup."""
    return f"已备份并核对无误：{path.name}"
