"""Importing accounts, opening balances or parcels from a file: shows the columns wanted, then every bad row at once."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListWidget, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.services import (
    asset_files,
    budget_files,
    contract_files,
    decision_files,
    document_files,
    importing,
    parcel_files,
    related_files,
)

from . import dialogs, machine, theme
from .operations import (
    ACCOUNTS,
    ASSETS,
    BUDGETS,
    CONTRACTS,
    DECISIONS,
    DOCUMENTS,
    ITEMS,
    OPENINGS,
    RELATED,
    RESOURCES,
    Flags,
    Operations,
)
from .widgets.button import make_button
from .widgets.form import FormGrid

TABLE_FILTER = "表格文件 (*.xlsx *.csv);;所有文件 (*)"


class _Kind(NamedTuple):
    title: str
    columns: str
    notes: tuple[str, ...]
    touches: Flags
    take: Callable[..., importing.ImportResult]
    files: str = TABLE_FILTER
    intro: str = "请用 Excel（.xlsx）或 CSV 文件，第一行是下面这些栏目名："


_KINDS = {
    "accounts": _Kind(
        "导入明细科目",
        "科目编码,科目名称,方向,辅助核算",
        (
            "方向填 借、贷 或 双向；辅助核算填 往来户、项目 等，几个用顿号隔开，没有就空着",
            "上级要写在下级前面，编码是 3-2-2-2-2-2 位",
        ),
        ACCOUNTS,
        importing.import_accounts,
    ),
    "openings": _Kind(
        "导入期初余额",
        "科目编码,辅助,借方余额,贷方余额,本年累计借方,本年累计贷方",
        (
            "辅助写成 往来户:张三，几个用分号隔开；没登记过的户和项目会自动登记",
            "本年累计两栏只在年中建账时填，1 月建账空着",
            "导入会替换已经录入的期初余额",
        ),
        OPENINGS | ITEMS,
        importing.import_openings,
    ),
    "assets": _Kind(
        "导入资产卡片",
        ",".join((*asset_files.REQUIRED, *asset_files.OPTIONAL)),
        (
            "前五栏必填；资产科目、使用年限等没有的栏目按类别和科目名称补上",
            "建账前取得的资产填 已提折旧（到建账前一个月为止）；使用年限写成 20年 或 5年6个月",
            "凭证填购建它的已记账凭证，例如 2025-07 记-5；导入后会说明账卡是否相符",
        ),
        ASSETS,
        asset_files.import_assets,
    ),
    "resources": _Kind(
        "导入资源登记簿",
        ",".join((*parcel_files.REQUIRED, *parcel_files.OPTIONAL)),
        (
            "前四栏必填，面积以亩为单位、两位小数；其余各栏可以没有，四至可以分四栏写，也可以写在“四至”一栏里",
            "地类可以写水田、茶园、坑塘水面等细类；经营方式填 家庭承包、集体经营、对外发包、闲置 或 被占",
            "编号已经登记过的地块不能再导入",
        ),
        RESOURCES,
        parcel_files.import_resources,
    ),
    "contracts": _Kind(
        "导入合同登记簿",
        ",".join((*contract_files.REQUIRED, *contract_files.OPTIONAL)),
        (
            "前五栏必填；租金填 年租金，或 单价 和 面积，或 分期付款（2025-03-01:30000;2025-09-01:70000）",
            "递增写成 每3年递增5%、每3年增加200元 或 第4年起11000;付款周期填 按月、按季、半年、按年、一次付清 等",
            "期初欠款是启用日期以前欠的租金，期初余额里要有；没登记过的对方会自动登记为往来户",
        ),
        CONTRACTS | ITEMS,
        contract_files.import_contracts,
    ),
    "budget": _Kind(
        "导入年度预算",
        ",".join((*budget_files.REQUIRED, *budget_files.OPTIONAL)),
        (
            "前四栏必填；收支填 收入 或 支出，科目填编码，几个用顿号隔开，项目填“项目”辅助核算的名称",
            "没有批准的预算会被替换；已批准的不能再导入，请用“调整”",
            "某年第一行写了 决策文号 和 批准日期 的，导入后就算批准",
        ),
        BUDGETS | ITEMS,
        budget_files.import_budget,
    ),
    "decisions": _Kind(
        "导入决策台账",
        ",".join((*decision_files.REQUIRED, *decision_files.OPTIONAL)),
        (
            "前五栏必填，一次会议写一行；同一文号的几行是同一项决策，事项、金额上限等写在其中一行就行",
            "会议形式填 党支部会、两委会、党员大会、村民代表会议、成员代表大会 等；材料和参会人员用顿号隔开",
            "导入后就是定稿，不能修改；还要改的请在“状态”栏填 起草",
        ),
        DECISIONS,
        decision_files.import_decisions,
    ),
    "documents": _Kind(
        "导入票据",
        ",".join((*document_files.REQUIRED, *document_files.OPTIONAL)),
        (
            "前四栏必填；收付填 收 或 付，票据种类填 税务发票、财政票据、统一收据、银行回单、自制凭证、白条 或 其他",
            "发票、财政票据、统一收据要填号码，登记过的号码不能再导入；凭证填已记账的凭证，例如 2025-07 记-5",
            "本村开的收据：收付填 收，开具单位填交款人；写坏的填作废原因，金额可以空着",
        ),
        DOCUMENTS,
        document_files.import_documents,
    ),
    "related": _Kind(
        "导入关联人",
        ",".join((*related_files.REQUIRED, *related_files.OPTIONAL)),
        (
            "前五栏必填；一个干部和一个关联人写一行，干部本人也写一行，关系填 本人",
            "关系填 本人、配偶、父母、子女、兄弟姐妹、其他近亲属 或 任职或投资的单位",
        ),
        RELATED,
        related_files.import_related,
    ),
    "boundaries": _Kind(
        "导入地块边界",
        "code",
        (
            "文件是 GeoJSON（.geojson），坐标为经纬度（WGS 84 或 CGCS2000），图形是面（Polygon 或 MultiPolygon）",
            "地块要先登记好；已有的图形会被替换",
        ),
        RESOURCES,
        parcel_files.import_boundaries,
        "GeoJSON 文件 (*.geojson *.json);;所有文件 (*)",
        "每个图形用属性 code（或 地块编号）说明是哪块地：",
    ),
}


class ImportDialog(dialogs.Dialog):
    """`imported(text)` fires when the file was taken over; a file with a bad row changes nothing."""

    imported = Signal(str)

    def __init__(self, operations: Operations, kind: str, parent: QWidget) -> None:
        self._kind = _KINDS[kind]
        super().__init__(self._kind.title, parent, operations=operations, width=640)
        look = theme.current()
        self._operations = operations
        self._import = self._kind.take
        intro = QLabel(self._kind.intro)
        columns = theme.mark(QLabel("   ".join(self._kind.columns.split(","))), "key")
        columns.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        columns.setWordWrap(True)
        self.copy_button = make_button("复制表头(&C)", kind="quiet", icon="copy", on_click=self._copy_header)
        self.copy_button.setToolTip("复制后粘贴到 Excel 的第一行")
        head = QHBoxLayout()
        head.addWidget(columns, 1)
        head.addWidget(self.copy_button)
        self.body.addWidget(intro)
        self.body.addLayout(head)
        notes = theme.mark(QLabel("\n".join(f"· {note}" for note in self._kind.notes)), "muted")
        notes.setWordWrap(True)
        self.body.addWidget(notes)
        self.body.addSpacing(look.px("gap"))
        self.path = QLineEdit()
        self.path.setPlaceholderText("还没有选文件")
        self.pick_button = make_button("选择文件(&F)…", icon="folder", on_click=self._pick)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.path, 1)
        line.addWidget(self.pick_button)
        self.form = FormGrid()
        self.form.add("文件", row)
        self._row = row
        self.body.addWidget(self.form)
        self.problems = QListWidget()
        self.problems.setMinimumHeight(look.scaled(180))
        self.problems.setWordWrap(True)
        self.problems.hide()
        self.body.addWidget(self.problems, 1)
        self.add_button("取消", self.reject)
        self.import_button = self.add_button("导入(&I)", self._start, kind="primary")
        self.import_button.setEnabled(False)
        self.path.textChanged.connect(self._path_changed)
        self.pick_button.setFocus()

    def set_path(self, path: Path) -> None:
        """Choose the file."""
        self.path.setText(str(path))

    def _path_changed(self, text: str) -> None:
        self.problems.hide()
        self.message_bar.clear()
        exists = Path(text.strip()).is_file() if text.strip() else False
        self.form.set_error(self._row, "" if exists or not text.strip() else "没有这个文件，请重新选择")
        self.import_button.setEnabled(exists)
        self.import_button.setDefault(exists)

    def _copy_header(self) -> None:
        QGuiApplication.clipboard().setText(self._kind.columns.replace(",", "\t"))
        self.message("表头已复制，可粘贴到 Excel 的第一行", "success")

    def _pick(self) -> None:
        path = dialogs.pick_file(self, self._kind.title, self._kind.files, machine.text("import_folder"))
        if path is not None:
            machine.remember("import_folder", str(path.parent))
            self.set_path(path)
            self.import_button.setFocus()

    def _start(self) -> None:
        path, take = Path(self.path.text().strip()), self._import
        self._operations.long(
            lambda book, progress: take(book, path, progress=progress),
            self._done,
            title=f"正在{self._kind.title}",
            touches=self._kind.touches,
            initiator=self,
            on_failed=self._failed,
        )

    def _done(self, result: importing.ImportResult) -> None:
        notes = "；".join(result.notes)
        text = f"{self._kind.title}完成：文件共 {result.rows} 行，写入 {result.added} 行{'。' + notes if notes else ''}"
        self.accept()
        self.imported.emit(text)

    def _failed(self, refusal: Refusal) -> None:
        count = len(refusal.problems)
        tail = f"\n有 {count} 处要改，改好文件后再导入；现在什么都没有写入。" if count else ""
        self.message(refusal.message + tail, "danger")
        self.problems.clear()
        self.problems.addItems([problem.message for problem in refusal.problems])
        self.problems.setVisible(count > 0)
