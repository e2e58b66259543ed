"""The writer stage: a finished check into the workbook it was made from, and out of it again.

``writer.annotate.annotate`` patches the workbook's own parts in place (values, looks, notes), grafts the new sheets
and leaves a mark; ``writer.strip.strip`` takes it all off again. Nothing that the workbook held is lost on the way.
"""
