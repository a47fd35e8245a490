"""What the program says when something cannot be done, in words that tell what to do next."""

from pathlib import Path

READ_ONLY = "这个账套以只读方式打开：可以查看、打印和导出，不能填制凭证或修改。"


def crashed(log: Path) -> str:
    """The text of the dialog after a bug of ours."""
    return (
        "刚才的操作没有完成，但已保存的账没有受影响。\n\n"
        "请再试一次；如果还是不行，请关闭程序后重新打开，并把下面的日志文件交给技术人员。\n"
        f"日志里没有账目内容：\n{log}"
    )


def backed_up(path: Path) -> str:
    """The status line after a backup."""
    return f"已备份并核对无误：{path.name}"
