"""A shared folder: what is put in is checked, and comes out annotated.

``watch.Watch`` goes round: ``inbox`` says what is there, ``settling`` what of it is whole and at rest, ``state`` what
was done before. A file that is due is handed to a process of its own (``process``, ``job``), which gives back its
annotated copy and a page (``page``); ``outbox`` puts both into place, or moves away what could not be read.
"""
