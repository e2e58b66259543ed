"""A whole folder of registers in one run, on several processes or several machines.

::

    run = run_batch(Request(("registers/2024-Q4",), output=Path("out/2024-Q4"), as_of=day), crew, watcher)

First every workbook is read once (``survey``); what the registers of a run must know of one another is worked out from
the small facts that this gives (``partners``, ``together``, ``quarters``); then every workbook is checked and annotated
(``work``), each by itself and each in a process that holds nothing but it and its partners.
"""
