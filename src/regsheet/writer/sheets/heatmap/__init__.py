"""The Heatmap sheet: the register's own matrix once a stage, how each risk moves, and who stands nowhere."""

from regsheet.writer.sheets.heatmap.sheet import add_heatmap

__all__ = ["add_heatmap"]
