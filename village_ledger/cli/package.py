"""`package`: the signed hand-over package of a closed month; `verify-package`: does one prove itself?"""

from pathlib import Path

from village_ledger.package.signing import read_public
from village_ledger.services.package_check import check_package
from village_ledger.services.packages import hand_over

from .arguments import Arguments
from .desk import open_book


def run(arguments: Arguments) -> int:
    """Write a package, or check one."""
    return _verify(arguments) if arguments.command.name == "verify-package" else _package(arguments)


def _package(arguments: Arguments) -> int:
    period, path = arguments.period("--period"), Path(arguments.required("--out"))
    with open_book(arguments) as book:
        flags = arguments.flags
        made = hand_over(book, period, path, attachments="--attachments" in flags, national="--sm2" in flags)
    print(made.path)
    print(f"已签名，{made.size} 字节，SHA-256 {made.sha256}")
    print(f"公钥 {made.key}")
    for name in made.lost:
        print(f"注：附件“{name}”不在附件文件夹里或被改动过，没有放进报送包")
    return 0


def _verify(arguments: Arguments) -> int:
    key = arguments.get("--key")
    wanted = read_public(_text(key)) if key else ""
    package = check_package(Path(arguments.required("FILE")), wanted)
    told = package.manifest
    print(f"核验通过：{told.village} {told.period.label}，凭证 {told.vouchers} 张，文件 {len(told.files)} 个")
    print("签名、文件、日志链、余额、报表和账簿的每个数都一致")
    for mark in filter(None, (told.mark, *told.exceptions)):
        print(f"标记：{mark}")
    if package.national:
        print(f"国密签名（SM2、SM3）：{'一致' if package.national == '已验' else '有，本机没有国密算法组件，没有验'}")
    print(f"日志链头 sha256:{told.head}")
    print(f"公钥 {told.key}")
    if not wanted:
        print("提示：没有用 --key 给出这个村的公钥，只能证明报送包前后一致，不能证明是谁签的")
    return 0


def _text(key: str) -> str:
    """The key itself, or what the file of that name holds."""
    path = Path(key)
    if len(key) < 200 and path.is_file() and path.stat().st_size < 10_000:
        return path.read_text("utf-8", "replace")
    return key
