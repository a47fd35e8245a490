"""What each command takes, as a table, and a reader for it. argparse would cost half of a report's time."""

from typing import NamedTuple, NoReturn

from village_ledger.domain.errors import BadInput
from village_ledger.domain.period import Period


class Command(NamedTuple):
    """One command. `positionals` are the names of its arguments in order; `options` take a value, `flags` none.

    A command that writes takes who does it too, for books where one has to log in. `rest` names a last argument that
    may be given any number of times, once at least. A name of two words is one of a family of commands.
    """

    name: str
    module: str
    positionals: tuple[str, ...]
    title: str
    options: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    usage: str = ""
    writes: bool = False
    rest: str = ""


WHO = ("--user", "--password-file")

COMMANDS = (
    Command(
        "new",
        "create",
        ("BOOK",),
        "建一本新账",
        ("--name", "--chart", "--start", "--county", "--township", "--region-code", "--credit-code"),
        ("--log-in",),
        "new 账簿.vlb --name 村名 [--chart rural-2023] [--start 2025-01] [--county 县] [--township 乡镇]"
        " [--region-code 12位区划代码] [--credit-code 18位信用代码] [--log-in]",
    ),
    Command(
        "import",
        "import_file",
        ("BOOK", "KIND", "FILE"),
        "导入科目、期初余额、凭证、资产卡片、地块、地块边界、合同、决策或年度预算",
        (),
        ("--post",),
        "import 账簿.vlb accounts|openings|vouchers|assets|resources|boundaries|contracts|decisions|budget|benefits"
        "|documents|related 文件.(csv|xlsx|geojson) [--post]",
        writes=True,
    ),
    Command(
        "depreciate",
        "depreciate",
        ("BOOK", "PERIOD"),
        "计提一个月的折旧和摊销（生成凭证草稿）",
        (),
        ("--undo",),
        "depreciate 账簿.vlb 2025-06 [--undo]",
        writes=True,
    ),
    Command(
        "accrue-rent",
        "accrue_rent",
        ("BOOK", "PERIOD"),
        "计提到期的合同租金（生成凭证草稿）",
        (),
        (),
        "accrue-rent 账簿.vlb 2025-06",
        writes=True,
    ),
    Command("close", "month_end", ("BOOK", "PERIOD"), "结账到某个月", (), (), "close 账簿.vlb 2025-12", writes=True),
    Command(
        "report",
        "report",
        ("BOOK", "NAME"),
        "输出账簿或报表",
        ("--from", "--to", "--account", "--item", "--voucher", "--format", "--out"),
        (),
        "report 账簿.vlb 报表名 --from 2025-01 --to 2025-12 [--account 科目编码] [--item 往来户:甲户]"
        ' [--voucher "2025-06 记-5"]'
        " [--format text|json|csv|xlsx|pdf] [--out 文件]",
    ),
    Command("verify", "check", ("BOOK",), "核验账簿没有被改动", ("--head",), (), "verify 账簿.vlb [--head 日志链头]"),
    Command(
        "export",
        "publish",
        ("BOOK",),
        "导出一个月的全部账簿、报表和凭证",
        ("--period", "--out"),
        (),
        "export 账簿.vlb --period 2025-06 --out 文件夹",
    ),
    Command(
        "package",
        "package",
        ("BOOK",),
        "制作一个已结账月份的报送包（签名的 .vlp 文件），并标记已报送",
        ("--period", "--out"),
        ("--attachments", "--sm2"),
        "package 账簿.vlb --period 2025-06 --out 文件.vlp [--attachments] [--sm2]",
        writes=True,
    ),
    Command(
        "verify-package",
        "package",
        ("FILE",),
        "核验报送包的签名、日志链和每个数",
        ("--key",),
        (),
        "verify-package 文件.vlp [--key 公钥或公钥文件]",
    ),
    Command(
        "gbt",
        "gbt",
        ("BOOK",),
        "导出国标数据接口文件（GB/T 24589.1-2010 XML 和 GB/T 19581-2004 TXT），并自检",
        ("--year", "--through", "--out", "--encoding"),
        (),
        "gbt 账簿.vlb --year 2025 [--through 2025-06] --out 文件夹 [--encoding gb18030|utf-8]",
    ),
    Command(
        "gbt-import",
        "gbt",
        ("FOLDER", "BOOK"),
        "用国标数据接口文件建一本新账",
        (),
        ("--txt",),
        "gbt-import 文件夹 新账簿.vlb [--txt]",
    ),
    Command("gbt-check", "gbt", ("FOLDER",), "自检国标数据接口文件", (), (), "gbt-check 文件夹"),
    Command(
        "review",
        "review",
        ("BOOK", "FILE"),
        "接收乡镇的审核意见（签名的 .vlr 文件）",
        (),
        ("--accept-new-key",),
        "review 账簿.vlb 文件.vlr [--accept-new-key]",
        writes=True,
    ),
    Command("answers", "review", ("BOOK",), "列出还没有办结的审核意见", (), (), "answers 账簿.vlb"),
    Command(
        "answer",
        "review",
        ("BOOK", "COMMENT-UID"),
        "答复一条审核意见，随下一个报送包送到乡镇",
        ("--text", "--voucher"),
        (),
        'answer 账簿.vlb 意见编号 --text 答复内容 [--voucher "2025-07 记-3"]',
        writes=True,
    ),
    Command(
        "notice",
        "notice",
        ("BOOK",),
        "导出财务公开榜",
        ("--period", "--out", "--size", "--format", "--edition"),
        (),
        "notice 账簿.vlb --period 2025-06 --out 文件夹 [--size A4|A3|A2] [--format pdf|xlsx|png|html]"
        " [--edition month|quarter|year|special]",
    ),
    Command(
        "verify-notice",
        "notice",
        ("NOTICE", "BOOK"),
        "核对一张公开榜与账簿是否一致",
        (),
        (),
        "verify-notice 文件或扫码得到的文字 账簿.vlb",
    ),
    Command(
        "boundaries",
        "boundaries",
        ("BOOK",),
        "导出地块边界（GeoJSON）",
        ("--day", "--out"),
        (),
        "boundaries 账簿.vlb --out 文件.geojson [--day 2025-12-31]",
    ),
    Command("backup", "copies", ("BOOK",), "备份账簿", (), (), "backup 账簿.vlb"),
    Command("restore", "copies", ("BACKUP", "BOOK"), "用备份恢复账簿", (), (), "restore 备份.vlb 账簿.vlb"),
    Command(
        "demo",
        "demo",
        (),
        "建立示例村的账并打开",
        ("--book",),
        ("--headless",),
        "demo [--headless] [--book 文件.vlb]",
    ),
    Command(
        "check-update",
        "check_update",
        ("FILE",),
        "检查更新文件的签名（旁边要有同名的 .sig 文件）",
        ("--sig",),
        (),
        "check-update 更新文件.(exe|deb|zip) [--sig 签名文件]",
    ),
    Command(
        "township new",
        "township_new",
        ("DESK",),
        "新建乡镇端（一个 .vld 文件，或 PostgreSQL 数据库）",
        ("--name", "--county", "--township", "--due-days", "--folder"),
        (),
        "township new 乡镇端.vld|postgresql://… --name 名称 [--county 县] [--township 乡镇] [--due-days 15]"
        " [--folder 存放报送文件的文件夹]",
    ),
    Command(
        "township import",
        "township_import",
        ("DESK",),
        "收报送包：文件，或者一个文件夹里的全部",
        ("--as",),
        ("--replace", "--accept-key"),
        "township import 乡镇端.vld 文件.vlp|文件夹 … [--replace] [--accept-key] [--as 姓名]",
        rest="FILES",
    ),
    Command(
        "township verify",
        "township_verify",
        ("DESK",),
        "核验乡镇端：日志、收到的凭证、余额、登记簿和文件都没有被改动",
        (),
        (),
        "township verify 乡镇端.vld",
    ),
    Command(
        "township report",
        "township_report",
        ("DESK", "NAME"),
        "出一张乡镇汇总表",
        ("--period", "--village", "--line", "--format", "--out"),
        ("--eliminate",),
        "township report 乡镇端.vld 汇总表名 --period 2025-06 [--village 甲村、乙村] [--line 项目] [--eliminate]"
        " [--format text|json|csv|xlsx|pdf] [--out 文件]",
    ),
    Command(
        "township flags",
        "township_flags",
        ("DESK",),
        "查疑点：乡镇端收到的各村，或者一个村的账簿",
        ("--village", "--year"),
        ("--json",),
        "township flags 乡镇端.vld|账簿.vlb [--village 村名或代码] [--year 2025] [--json]",
    ),
    Command(
        "township review",
        "township_review",
        ("DESK", "VILLAGE", "PERIOD"),
        "审核一个村的一个月：看意见、加意见、处理意见、出审核意见文件",
        (
            *("--comment", "--voucher", "--contract", "--decision", "--asset", "--category", "--clause", "--demand"),
            *("--deadline", "--severity", "--settle", "--state", "--opinion", "--text", "--out", "--as"),
        ),
        ("--json",),
        "township review 乡镇端.vld 村名 2025-06 [--json]"
        " | --comment 意见 [--voucher 记-5|--contract 编号|--decision 文号|--asset 编号] [--category 问题类别]"
        " [--clause 依据] [--demand 整改要求] [--deadline 2025-08-31] [--severity 提示|一般|严重]"
        " | --settle 意见编号 --state 已整改|已排除|重新整改 [--text 说明]"
        " | --opinion 通过|补正后通过|退回|移交 [--text 结论] --out 文件.vlr",
    ),
    Command(
        "township demo",
        "township_demo",
        (),
        "建立示例乡镇（三个村的账和乡镇端）并打开",
        ("--desk",),
        ("--headless",),
        "township demo [--headless] [--desk 文件.vld]",
    ),
    Command("open", "window", ("BOOK",), "打开窗口", (), (), "open 账簿.vlb|乡镇端.vld|报送包.vlp"),
)
BY_NAME = {command.name: command for command in COMMANDS}
FAMILIES = {"township": tuple(name for name in BY_NAME if name.startswith("township "))}
"""Commands of two words, by the first."""


class Arguments(NamedTuple):
    """A command line understood: values by positional or option name."""

    command: Command
    values: dict[str, str]
    flags: frozenset[str]
    rest: tuple[str, ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """The value given, or the default."""
        return self.values.get(name, default)

    def required(self, name: str) -> str:
        """The value given; refused when it is missing."""
        if not self.values.get(name, "").strip():
            wrong_usage(self.command, f"缺少 {name}")
        return self.values[name]

    def period(self, name: str, default: str = "") -> Period:
        """The value as a month."""
        text = self.values.get(name, default) if default else self.required(name)
        try:
            return Period.parse(text)
        except ValueError as error:
            raise BadInput(f"{name}：{error}" if name.startswith("--") else str(error)) from None


def parse(command: Command, words: list[str]) -> Arguments:
    """Read the words after the command's name. `--name=value` and `--name value` are the same."""
    values: dict[str, str] = {}
    flags: set[str] = set()
    plain: list[str] = []
    rest = iter(words)
    for word in rest:
        if not word.startswith("--"):
            plain.append(word)
            continue
        name, equals, value = word.partition("=")
        if name in command.flags and not equals:
            flags.add(name)
        elif name in command.options or (command.writes and name in WHO):
            if not equals:
                value = next(rest, "--")
                if value.startswith("--"):
                    wrong_usage(command, f"{name} 后面要写内容")
            if name in values:
                wrong_usage(command, f"{name} 写了两次")
            values[name] = value
        else:
            wrong_usage(command, f"不认识的选项 {name}")
    if len(plain) < len(command.positionals):
        wrong_usage(command, f"缺少 {command.positionals[len(plain)]}")
    count = len(command.positionals)
    if len(plain) > count and not command.rest:
        wrong_usage(command, f"多出的内容：{plain[count]}")
    if command.rest and len(plain) == count:
        wrong_usage(command, f"缺少 {command.rest}")
    values.update(zip(command.positionals, plain, strict=False))
    return Arguments(command, values, frozenset(flags), tuple(plain[count:]))


def wrong_usage(command: Command, what: str) -> NoReturn:
    """Refuse a command line, showing how the command is written."""
    raise BadInput(f"命令写得不对：{what}\n用法：village-ledger {usage(command)}")


def usage(command: Command) -> str:
    """How a command is written."""
    return command.usage + (" [--user 姓名 [--password-file 文件]]" if command.writes else "")


def overview() -> str:
    """The help text."""
    width = max(len(command.name) for command in COMMANDS)
    lines = ["村级三资账本", "", "用法：village-ledger 命令 ……（不写命令则打开窗口）", ""]
    for command in COMMANDS:
        lines += [f"  {command.name.ljust(width)}  {command.title}", f"  {' ' * width}    {usage(command)}"]
    return "\n".join([*lines, "", "返回值：0 成功，2 输入有误，3 账簿或报送包没有通过核验", ""])
