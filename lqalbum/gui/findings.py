"""What a measurement found: figures in a table, and where there are areas, a plot beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from lqalbum.gui.figures import FigureTable
from lqalbum.gui.plots import AreaPlot, PlotLine
from lqalbum.review.language import tr


class Findings(QWidget):
    """Table and plot side by side; hidden until there is something to show.

    Attributes:
        table: the figures.
        plot: the areas.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start hidden; `name` is what the table is called for those who listen to the window."""
        super().__init__(parent)
        self.table = FigureTable(name)
        self.plot = AreaPlot()
        self.plot.setAccessibleName(tr("Areas by corruption; the table has the same figures"))
        self._plotted = QScrollArea()
        self._plotted.setWidgetResizable(True)
        self._plotted.setWidget(self.plot)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.table, 1)
        across.addWidget(self._plotted, 1)
        self.hide()

    def show_figures(
        self,
        headings: Sequence[str],
        lines: Sequence[Sequence[str]],
        plotted: Sequence[PlotLine] = (),
    ) -> None:
        """Show figures, and the plot if there is anything to plot."""
        self.table.show_figures(headings, lines)
        self.plot.show_lines(plotted)
        self._plotted.setVisible(bool(plotted))
        self.show()
