"""The mail server: reached over TLS with a checked certificate, the password from the environment or a keyring."""

from __future__ import annotations

import os
import smtplib
import ssl
from dataclasses import dataclass, field
from pathlib import Path

from regsheet.errors import ConfigurationError, OutputError

USER, PASSWORD = "REGSHEET_SMTP_USER", "REGSHEET_SMTP_PASSWORD"
KEYRING = "regsheet-smtp:{host}"
SUBMISSION, IMPLICIT_TLS = 587, 465
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
TIMEOUT = 60.0

NOT_A_SERVER = "{text!r} is not a mail server; write it as smtp.council.example:587."
ONLY_HERE = "Mail goes unencrypted only to this computer itself, and {host} is another; leave --insecure-plain out."
LACKING = (
    "There is no password for {user}; set {variable}, or keep it in the keyring: keyring set {service} {user} "
    "(pip install 'regsheet[keyring]')."
)
NO_CA_FILE = "The certificates in {path} cannot be read: {error}."
NOT_REACHED = "The mail server {host}:{port} cannot be reached: {error}. Check the name and the port."
NO_TLS = "The mail server {host}:{port} offers no encryption (STARTTLS), so nothing was sent; ask for its secure port."
BAD_CERTIFICATE = (
    "The mail server {host}:{port} could not prove who it is ({error}), so nothing was sent; "
    "if it has a certificate of the house, name it with --ca-file."
)
NOT_LET_IN = "The mail server {host} did not accept the user and password: {error}."
NO_LOGIN = "The mail server {host} takes no user and password here; unset {variable} or use another port."


class NotLetInError(OutputError):
    """The server was reached and will not take mail from us, however often it is asked."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in. Port 465 speaks TLS from the first byte, every other port after STARTTLS."""

    host: str
    port: int = SUBMISSION
    ca_file: Path | None = None
    plain: bool = False
    user: str = ""
    password: str = field(default="", repr=False)

    def connect(self) -> smtplib.SMTP:
        """A connection that is encrypted, checked and logged in. Raises ``OutputError`` with a sentence."""
        context = self._context()
        try:
            connection = self._opened(context)
        except ssl.SSLCertVerificationError as error:
            why = error.verify_message or "its certificate is not valid"
            raise NotLetInError(BAD_CERTIFICATE.format(host=self.host, port=self.port, error=why)) from error
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise OutputError(NOT_REACHED.format(host=self.host, port=self.port, error=_words(error))) from error
        try:
            self._log_in(connection)
        except OutputError:
            connection.close()
            raise
        return connection

    def _context(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=None if self.ca_file is None else str(self.ca_file))
        except (OSError, ssl.SSLError) as error:
            raise ConfigurationError(NO_CA_FILE.format(path=self.ca_file, error=_words(error))) from error

    def _opened(self, context: ssl.SSLContext) -> smtplib.SMTP:
        if self.port == IMPLICIT_TLS and not self.plain:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=context)
        connection = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        try:
            connection.ehlo_or_helo_if_needed()
            if not self.plain:
                if not connection.has_extn("starttls"):
                    raise NotLetInError(NO_TLS.format(host=self.host, port=self.port))
                connection.starttls(context=context)
                connection.ehlo()
        except BaseException:
            connection.close()
            raise
        return connection

    def _log_in(self, connection: smtplib.SMTP) -> None:
        if not self.user:
            return
        try:
            connection.login(self.user, self.password)
        except smtplib.SMTPNotSupportedError as error:
            raise NotLetInError(NO_LOGIN.format(host=self.host, variable=USER)) from error
        except smtplib.SMTPAuthenticationError as error:
            raise NotLetInError(NOT_LET_IN.format(host=self.host, error=_words(error))) from error
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise OutputError(NOT_REACHED.format(host=self.host, port=self.port, error=_words(error))) from error


def server_of(text: str, *, ca_file: Path | None = None, plain: bool = False) -> Server:
    """The server that ``host:port`` names, with user and password as they are kept. Raises ``ConfigurationError``."""
    host, port = _parts(text)
    if plain and host.lower() not in LOOPBACK:
        raise ConfigurationError(ONLY_HERE.format(host=host))
    user = os.environ.get(USER, "")
    return Server(host, port, ca_file, plain, user, _password(host, user) if user else "")


def _parts(text: str) -> tuple[str, int]:
    host, colon, port = text.strip().rpartition(":")
    if text.strip().startswith("["):
        host, _, port = text.strip()[1:].partition("]")
        colon, port = ":", port.removeprefix(":")
    elif not colon or host.count(":"):
        host, port = text.strip(), ""
    if not host or any(letter.isspace() or letter in "/@\\" for letter in host) or (port and not port.isdigit()):
        raise ConfigurationError(NOT_A_SERVER.format(text=text))
    number = int(port or SUBMISSION)
    if not 0 < number < 65536:
        raise ConfigurationError(NOT_A_SERVER.format(text=text))
    return host, number


def _password(host: str, user: str) -> str:
    """From the environment, else from the keyring of the computer."""
    given = os.environ.get(PASSWORD)
    if given:
        return given
    service = KEYRING.format(host=host)
    kept = None
    try:
        import keyring

        kept = keyring.get_password(service, user)
    except Exception:  # noqa: BLE001, S110 - a computer without a keyring has no password in one
        pass
    if not kept:
        raise ConfigurationError(LACKING.format(user=user, variable=PASSWORD, service=service))
    return str(kept)


def _words(error: Exception) -> str:
    """What went wrong, in a few words and on one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return f"{error.smtp_code} {' '.join(str(text).split())}"
    return " ".join(str(getattr(error, "strerror", None) or error or type(error).__name__).split()).rstrip(".")
