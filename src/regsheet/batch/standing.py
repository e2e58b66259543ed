"""Imported last by the process of which workers are copies: what it has read stays as it is.

Workers look for rubbish among their own objects only, and share the memory of those that were there before.
"""

from __future__ import annotations

import gc

gc.collect()
gc.freeze()
