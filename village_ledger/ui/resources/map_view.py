"""The map of parcels, painted offline: zoom and pan with mouse or keys, click or step from parcel to parcel."""

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from village_ledger.domain.area import format_mu
from village_ledger.ui import theme

from .map_marks import paint_labels, paint_legend, paint_north, paint_scale
from .shapes import CLASS_COLOURS, MANAGEMENT_COLOURS, Plan, Shape

Colouring = Literal["class", "management"]
_STEP, _PAN, _NEAREST, _FARTHEST = 1.25, 60, 20.0, 0.002
_DRAG = 4


class MapView(QWidget):
    """Shows a `Plan`; `chosen(code)` when a parcel is clicked or stepped to, `opened(code)` on double click."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("地块图")
        self.setMinimumSize(QSize(320, 240))
        self._plan: Plan | None = None
        self._colouring: Colouring = "class"
        self._code = ""
        self._centre = QPointF()
        self._scale = 1.0
        self._fitted = True
        self._pressed: QPointF | None = None
        self._dragging = False

    @property
    def scale(self) -> float:
        """Pixels per metre."""
        return self._scale

    @property
    def centre(self) -> QPointF:
        """The middle of the map in metres."""
        return QPointF(self._centre)

    @property
    def code(self) -> str:
        """The chosen parcel's code."""
        return self._code

    def show_plan(self, plan: Plan | None) -> None:
        """Show these parcels; the view stays where it is unless it showed the whole village."""
        first = self._plan is None
        self._plan = plan
        if first or self._fitted:
            self.fit()
        self.update()

    def colour_by(self, colouring: Colouring) -> None:
        """Colour parcels by class or by who works them."""
        self._colouring = colouring
        self.update()

    def choose(self, code: str) -> None:
        """Mark a parcel, and bring it into view if it is not."""
        self._code = code
        shape = self._plan.find(code) if self._plan else None
        if shape is not None:
            seen = QRectF(self.rect()).adjusted(20, 20, -20, -20)
            if not seen.contains(self._transform().map(shape.label)):
                self._centre = QPointF(shape.label)
                self._fitted = False
        self.update()

    def fit(self) -> None:
        """Show the whole village."""
        self._fitted = True
        if self._plan is None:
            return
        box = self._plan.box
        self._centre = box.center()
        margin = theme.current().scaled(24)
        room = (max(self.width() - 2 * margin, 50), max(self.height() - 2 * margin, 50))
        self._scale = min(room[0] / max(box.width(), 1.0), room[1] / max(box.height(), 1.0))
        self.update()

    def zoom(self, factor: float, around: QPointF | None = None) -> None:
        """Magnify, keeping what lies under `around` (a point of the widget) where it is."""
        middle = QPointF(self.width() / 2, self.height() / 2)
        point = around or middle
        before, _ = self._transform().inverted()
        place = before.map(point)
        self._scale = min(max(self._scale * factor, _FARTHEST), _NEAREST)
        self._centre = place - (point - middle) / self._scale
        self._fitted = False
        self.update()

    def pan(self, x: float, y: float) -> None:
        """Move the view by pixels."""
        self._centre += QPointF(x, y) / self._scale
        self._fitted = False
        self.update()

    def step(self, offset: int) -> None:
        """Choose the next or previous parcel by code."""
        if self._plan is None or not self._plan.shapes:
            return
        codes = sorted(shape.parcel.code for shape in self._plan.shapes)
        place = (codes.index(self._code) + offset) % len(codes) if self._code in codes else 0
        self.choose(codes[place])
        self.chosen.emit(codes[place])

    def point_of(self, code: str) -> QPointF | None:
        """Where a parcel's label stands on the widget."""
        shape = self._plan.find(code) if self._plan else None
        return self._transform().map(shape.label) if shape else None

    def _transform(self) -> QTransform:
        """From metres to pixels."""
        found = QTransform()
        found.translate(self.width() / 2, self.height() / 2)
        found.scale(self._scale, self._scale)
        found.translate(-self._centre.x(), -self._centre.y())
        return found

    def _shape_at(self, point: QPointF) -> Shape | None:
        if self._plan is None:
            return None
        back, _ = self._transform().inverted()
        return self._plan.at(back.map(point))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: parcels, labels, then the marks at the edges."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.colour("surface_alt"))
        if self._plan is not None:
            transform = self._transform()
            selected = None
            for shape in self._plan.shapes:
                path = transform.map(shape.path)
                if shape.parcel.code == self._code:
                    selected = path
                self._paint_shape(painter, path, shape)
            if selected is not None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look.colour("accent"), look.scaled(3)))
                painter.drawPath(selected)
            paint_labels(painter, self._plan, transform, self._code)
            self._paint_marks(painter, self._plan)
        painter.setPen(QPen(look.colour("focus" if self.hasFocus() else "border"), 2 if self.hasFocus() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _colour(self, shape: Shape) -> QColor:
        parcel = shape.parcel
        name = CLASS_COLOURS[parcel.land_class] if self._colouring == "class" else MANAGEMENT_COLOURS[parcel.management]
        return theme.current().colour(name)

    def _paint_shape(self, painter: QPainter, path: QPainterPath, shape: Shape) -> None:
        painter.setBrush(self._colour(shape))
        painter.setPen(QPen(theme.current().colour("land_line"), 1))
        painter.drawPath(path)

    def _paint_marks(self, painter: QPainter, plan: Plan) -> None:
        present = {
            shape.parcel.land_class if self._colouring == "class" else shape.parcel.management for shape in plan.shapes
        }
        colours = CLASS_COLOURS if self._colouring == "class" else MANAGEMENT_COLOURS
        paint_legend(painter, self.rect(), [(name, colour) for name, colour in colours.items() if name in present])
        paint_scale(painter, self.rect(), 1 / self._scale)
        paint_north(painter, self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: a map that showed the whole village goes on doing so."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: zoom at the pointer."""
        turns = event.angleDelta().y() / 120
        if turns:
            self.zoom(_STEP**turns, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: the beginning of a click or of a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self._dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: dragging moves the map."""
        if self._pressed is None:
            shape = self._shape_at(event.position())
            self.setCursor(Qt.CursorShape.PointingHandCursor if shape else Qt.CursorShape.ArrowCursor)
            return
        moved = event.position() - self._pressed
        if self._dragging or moved.manhattanLength() > _DRAG:
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.pan(-moved.x(), -moved.y())
            self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a click without drag chooses the parcel under the pointer."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        dragged, self._pressed, self._dragging = self._dragging, None, False
        self.setCursor(Qt.CursorShape.ArrowCursor)
        shape = None if dragged else self._shape_at(event.position())
        if shape is not None:
            self._code = shape.parcel.code
            self.update()
            self.chosen.emit(shape.parcel.code)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt: open the parcel under the pointer."""
        shape = self._shape_at(event.position())
        if shape is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(shape.parcel.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows pan, + and - zoom, Home shows everything, PageUp and PageDown step, Enter opens."""
        pans = {
            Qt.Key.Key_Left: (-_PAN, 0),
            Qt.Key.Key_Right: (_PAN, 0),
            Qt.Key.Key_Up: (0, -_PAN),
            Qt.Key.Key_Down: (0, _PAN),
        }
        key = Qt.Key(event.key())
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in pans:
            self.pan(*pans[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _STEP)
        elif key == Qt.Key.Key_Home:
            self.fit()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.step(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._code:
            self.opened.emit(self._code)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Qt: the tool tip names the parcel under the pointer."""
        if not isinstance(event, QHelpEvent):
            return super().event(event)
        shape = self._shape_at(QPointF(event.pos()))
        if shape is None:
            QToolTip.hideText()
            return True
        parcel, area = shape.parcel, format_mu(shape.area_x100)
        QToolTip.showText(
            event.globalPos(), f"{parcel}\n{parcel.land_class} {area} 亩　{parcel.management} {parcel.holder}", self
        )
        return True
