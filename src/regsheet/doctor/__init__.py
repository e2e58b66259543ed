"""The doctor: what a workbook holds that other tools lose, whether the round trip keeps it, and a trial to prove it.

It works on any workbook, register or not, and writes with the very pieces that annotating uses.
"""
