"""``regsheet serve``: the page and the API on this computer, or for others behind a token or a proxy."""

from __future__ import annotations

import click


@click.command("serve")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="The address to listen on. Any but this computer's own needs REGSHEET_TOKEN or --user-header.",
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port to listen on.")
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="A host name by which people call this server; may be given several times.",
)
@click.option("--user-header", metavar="HEADER", help="The header in which a proxy in front says who signed in.")
@click.option(
    "--proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="The address of that proxy; may be given several times.  [default: this computer]",
)
@click.option("--workers", type=click.IntRange(1, 8), help="How many jobs run at a time.  [default: one a processor]")
def command(host: str, port: int, names: tuple[str, ...], user_header: str | None, proxies: tuple[str, ...],
            workers: int | None) -> None:  # fmt: skip
    """Serve a page where registers are dropped in, and an API, at http://127.0.0.1:8000.

    Set REGSHEET_TOKEN to a long secret to ask it of everybody. Nothing that people send is kept longer than an hour.
    """
    import os

    from regsheet.errors import RegsheetError

    try:
        from regsheet.web.server import run
        from regsheet.web.settings import PROXIES, Settings, token_from
    except ModuleNotFoundError as error:
        raise RegsheetError(
            f"The page needs the package {error.name}; install it with: pip install 'regsheet[web]'"
        ) from None
    run(
        Settings(
            host=host, port=port, names=names, token=token_from(os.environ), user_header=user_header,
            proxies=proxies or PROXIES, workers=workers or 0,
        )
    )  # fmt: skip
