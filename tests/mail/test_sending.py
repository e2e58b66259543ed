"""Sending to a real server: encryption, refusals, greylisting, dropped connections, a second run."""

import contextlib
import csv
import datetime as dt
import ipaddress
import os
import socket
import sys

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from mailing import PROPERTY, drafts_of, parsed, people

from regsheet.errors import ConfigurationError, OutputError
from regsheet.mail import server as server_module
from regsheet.mail.drafts import write_drafts
from regsheet.mail.sending import PAUSES, Sender
from regsheet.mail.server import Server, server_of
from regsheet.model.owners_list import Owner

NOW = dt.datetime(2025, 1, 2, 9, 15, tzinfo=dt.UTC)
OWNERS = [PROPERTY, *(Owner(f"Head of Area {n}", f"Person {n}", f"p{n}@council.example") for n in (1, 2, 3))]


def _certificate(folder, name, issuer=None, *, authority=False):
    """A certificate and its key, signed by an issuer or by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer_name, issuer_key = (issuer[0].subject, issuer[1]) if issuer else (subject, key)
    start = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    builder = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer_name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )  # fmt: skip
    if authority:
        usage = dict.fromkeys(
            ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "encipher_only", "decipher_only"), False,
        )  # fmt: skip
        builder = builder.add_extension(x509.KeyUsage(**usage, key_cert_sign=True, crl_sign=True), critical=True)
    else:
        names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    certificate = builder.sign(issuer_key, hashes.SHA256())
    path = folder / f"{name}.pem"
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + (b"" if authority else secret))
    return certificate, key, path


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificates")
    authority = _certificate(folder, "Council CA", authority=True)
    return authority[2], _certificate(folder, "localhost", authority[:2])[2]


class Post:
    """A handler that keeps what it takes. ``refuse`` and ``later`` map an address to the answer and how often it is
    given; ``drop`` to how often the connection is cut when the address is named, or (``after``) once data has come."""

    def __init__(self):
        self.taken, self.refuse, self.later, self.drop, self.after = [], {}, {}, {}, {}

    def _once_more(self, counts, address):
        counts[address] = counts.get(address, 0) - 1
        return counts[address] >= 0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refuse:
            return self.refuse[address]
        if self._once_more(self.later, address):
            return "451 4.7.1 Greylisted, please try again later"
        if self._once_more(self.drop, address):
            server.transport.abort()
            return "421 gone"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self._once_more(self.after, envelope.rcpt_tos[0]):
            server.transport.abort()
            return "421 gone"
        self.taken.append((envelope.rcpt_tos, envelope.mail_from, envelope.content, session.ssl is not None))
        return "250 taken"


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(post, certificate=None, *, implicit=False, **more):
    """A server on this computer; gives its port."""
    import ssl

    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    if implicit:
        more["ssl_context"] = context
    elif context is not None:
        more |= {"tls_context": context, "require_starttls": True}
    controller = Controller(post, hostname="127.0.0.1", port=_free_port(), **more)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@pytest.fixture
def post():
    return Post()


@pytest.fixture(scope="module")
def drafts(tmp_path_factory):
    """Four small drafts, without a workbook."""
    import xlsxwriter

    from regsheet.pipeline import Options, annotate

    path = tmp_path_factory.mktemp("register") / "register.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Register")
        rows = [("Ref", "Risk Title", "Likelihood", "Impact", "Rating", "Risk Owner")]
        rows += [(f"R{n}", f"Risk number {n}", 2, 3, 6, owner.role) for n, owner in enumerate(OWNERS, 1)]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    done = annotate(path, options=Options(as_of=dt.date(2024, 12, 31)))
    found = drafts_of(done.path, people(*OWNERS), everybody=True)
    return tuple(found[owner.email] for owner in OWNERS)


def sender(folder, port, certificates, pauses=(), paused=None, **more):
    folder.mkdir(exist_ok=True)
    server = Server("localhost", port, certificates[0] if certificates else None, **more)
    paused = [] if paused is None else paused
    return Sender(server, "assurance@council.example", folder, pauses=pauses, pause=paused.append, now=lambda: NOW)


def results(sent):
    return {one.draft.to: one.result for one in sent}


def log_of(folder):
    return list(csv.DictReader((folder / "sent.csv").read_text("utf-8-sig").splitlines()))


SENT = {owner.email: "sent" for owner in OWNERS}


def test_every_message_is_sent_by_itself_over_tls(post, drafts, certificates, tmp_path):
    with running(post, certificates[1]) as port:
        assert results(sender(tmp_path, port, certificates).send(drafts)) == SENT
    assert [to for to, *_ in post.taken] == [[draft.to] for draft in drafts]
    assert all(encrypted and of == "assurance@council.example" for _, of, _, encrypted in post.taken)
    message = parsed(post.taken[0][2])
    assert "X-Unsent" not in message
    assert message["Date"].datetime == NOW
    assert message["Message-ID"] == parsed(drafts[0])["Message-ID"]
    assert [row["Result"] for row in log_of(tmp_path)] == ["sent"] * 4


def test_implicit_tls(post, drafts, certificates, tmp_path, monkeypatch):
    with running(post, certificates[1], implicit=True) as port:
        monkeypatch.setattr(server_module, "IMPLICIT_TLS", port)
        assert results(sender(tmp_path, port, certificates).send(drafts)) == SENT


def test_the_computers_own_certificates_count(post, drafts, certificates, tmp_path, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates[0]))
    with running(post, certificates[1]) as port:
        assert results(sender(tmp_path, port, None).send(drafts)) == SENT


def test_a_certificate_that_nobody_vouches_for_is_not_taken(post, drafts, certificates, tmp_path):
    with running(post, certificates[1]) as port:
        sent = list(sender(tmp_path, port, None).send(drafts))
    assert {one.result for one in sent} == {"not sent"}
    assert "could not prove who it is" in sent[0].answer
    assert post.taken == []


def test_a_certificate_for_another_name_is_not_taken(post, drafts, certificates, tmp_path, monkeypatch):
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *more, **named: real("127.0.0.1", *more, **named))
    with running(post, certificates[1]) as port, pytest.raises(OutputError, match="could not prove who it is"):
        Server("mail.council.example", port, certificates[0]).connect()


def test_a_server_without_encryption_gets_nothing(post, drafts, certificates, tmp_path):
    with running(post) as port:
        sent = list(sender(tmp_path, port, certificates).send(drafts))
    assert {one.result for one in sent} == {"not sent"}
    assert "offers no encryption" in sent[0].answer
    assert post.taken == []


def test_plain_is_for_this_computer_only(post, drafts, tmp_path):
    with pytest.raises(ConfigurationError, match="this computer itself"):
        server_of("smtp.council.example:25", plain=True)
    with running(post) as port:
        server = server_of(f"localhost:{port}", plain=True)
        assert results(Sender(server, "a@council.example", tmp_path, now=lambda: NOW).send(drafts)) == SENT


def test_a_refusal_does_not_stop_the_others(post, drafts, certificates, tmp_path):
    post.refuse["p1@council.example"] = "550 5.1.1 No such user"
    with running(post, certificates[1]) as port:
        sent = {one.draft.to: one for one in sender(tmp_path, port, certificates).send(drafts)}
    assert sent["p1@council.example"].result == "refused"
    assert sent["p1@council.example"].answer == "550 5.1.1 No such user"
    assert sum(one.result == "sent" for one in sent.values()) == 3


def test_greylisting_is_waited_for(post, drafts, certificates, tmp_path):
    post.later |= {"p1@council.example": 1, "p2@council.example": 2}
    paused = []
    with running(post, certificates[1]) as port:
        assert results(sender(tmp_path, port, certificates, (20, 60), paused).send(drafts)) == SENT
    assert paused == [20, 60]


def test_what_is_put_off_too_often_is_said(post, drafts, certificates, tmp_path):
    post.later["p1@council.example"] = 99
    with running(post, certificates[1]) as port:
        sent = {one.draft.to: one for one in sender(tmp_path, port, certificates, (1, 1)).send(drafts)}
    assert sent["p1@council.example"].result == "try again later"
    assert "Greylisted" in sent["p1@council.example"].answer
    assert [row["To"] for row in log_of(tmp_path) if row["Result"] != "sent"] == ["p1@council.example"]


@pytest.mark.parametrize("when", ["drop", "after"])
def test_a_dropped_connection_is_made_again(post, drafts, certificates, tmp_path, when):
    getattr(post, when)["p1@council.example"] = 1
    with running(post, certificates[1]) as port:
        assert results(sender(tmp_path, port, certificates).send(drafts)) == SENT
    assert len(post.taken) == 4


def test_one_that_always_drops_does_not_stop_the_others(post, drafts, certificates, tmp_path):
    post.drop["p1@council.example"] = 99
    with running(post, certificates[1]) as port:
        found = results(sender(tmp_path, port, certificates, (1,)).send(drafts))
    assert found == {**SENT, "p1@council.example": "try again later"}


def test_a_second_run_sends_only_what_was_not_sent(post, drafts, certificates, tmp_path):
    post.refuse["p1@council.example"] = "550 No such user"
    with running(post, certificates[1]) as port:
        list(sender(tmp_path, port, certificates).send(drafts))
        post.refuse.clear()
        again = results(sender(tmp_path, port, certificates).send(drafts))
        third = results(sender(tmp_path, port, certificates).send(drafts))
    assert again == {**dict.fromkeys(SENT, "sent before"), "p1@council.example": "sent"}
    assert set(third.values()) == {"sent before"}
    assert sorted(to[0] for to, *_ in post.taken) == sorted(SENT)


def test_a_log_that_cannot_be_read_stops_the_sending(post, drafts, certificates, tmp_path):
    (tmp_path / "sent.csv").write_text("somebody;else's\n1;2\n")
    with running(post, certificates[1]) as port, pytest.raises(OutputError, match="so nothing was sent"):
        list(sender(tmp_path, port, certificates).send(drafts))
    assert post.taken == []


def test_without_a_server_nothing_is_tried_for_long(drafts, certificates, tmp_path):
    sent = list(sender(tmp_path, _free_port(), certificates, PAUSES).send(drafts))
    assert {one.result for one in sent} == {"not sent"}
    assert "cannot be reached" in sent[0].answer


def authenticator(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"audit", b"secret"), handled=False)


def test_user_and_password_come_from_the_environment(post, drafts, certificates, tmp_path, monkeypatch):
    monkeypatch.setenv("REGSHEET_SMTP_USER", "audit")
    monkeypatch.setenv("REGSHEET_SMTP_PASSWORD", "secret")
    with running(post, certificates[1], authenticator=authenticator, auth_required=True) as port:
        server = server_of(f"localhost:{port}", ca_file=certificates[0])
        assert "secret" not in repr(server)
        assert results(Sender(server, "a@council.example", tmp_path, now=lambda: NOW).send(drafts)) == SENT


def test_a_wrong_password_is_said_once(post, drafts, certificates, tmp_path):
    with running(post, certificates[1], authenticator=authenticator, auth_required=True) as port:
        login = {"user": "audit", "password": "wrong"}
        sent = list(sender(tmp_path, port, certificates, **login).send(drafts))
    assert {one.result for one in sent} == {"not sent"}
    assert "did not accept the user and password" in sent[0].answer
    assert "wrong" not in sent[0].answer


class Keyring:
    """A keyring as the library offers one."""

    KEPT = "secret"

    @staticmethod
    def get_password(service, user):
        return "secret" if (service, user) == ("regsheet-smtp:smtp.council.example", "audit") else None


def test_a_password_of_the_keyring(monkeypatch):
    monkeypatch.setenv("REGSHEET_SMTP_USER", "audit")
    monkeypatch.delenv("REGSHEET_SMTP_PASSWORD", raising=False)
    monkeypatch.setitem(sys.modules, "keyring", Keyring)
    assert server_of("smtp.council.example:587").password == Keyring.KEPT
    with pytest.raises(ConfigurationError, match=r"no password for audit.*keyring set regsheet-smtp:other"):
        server_of("other.example")


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [("smtp.council.example", "smtp.council.example", 587), ("localhost:2525", "localhost", 2525),
     ("[::1]:465", "::1", 465), ("::1", "::1", 587), ("127.0.0.1:587", "127.0.0.1", 587)],
)  # fmt: skip
def test_how_a_server_is_named(text, host, port):
    found = server_of(text)
    assert (found.host, found.port) == (host, port)


@pytest.mark.parametrize(
    "text", ["", ":587", "host:port", "host:0", "host:70000", "user@host:587", "smtp://host:587", "a b"]
)
def test_what_is_no_server(text):
    with pytest.raises(ConfigurationError, match="not a mail server"):
        server_of(text)


def test_the_log_goes_into_the_folder_of_the_drafts(post, drafts, certificates, tmp_path):
    write_drafts(tmp_path, drafts)
    with running(post, certificates[1]) as port:
        list(sender(tmp_path, port, certificates).send(drafts))
    write_drafts(tmp_path, drafts)
    assert {"sent.csv", "drafts.csv"} <= set(os.listdir(tmp_path))  # noqa: PTH208 - names are wanted
    assert {row["SHA-256"] for row in log_of(tmp_path)} == {draft.sha256 for draft in drafts}
