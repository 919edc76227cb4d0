"""What stands between us and Slack: proxies, certificates, and what their failures mean."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx

from bot.domain.errors import UserError

# OpenSSL's words for "nobody we trust has signed this".
UNKNOWN_AUTHORITY = frozenset({2, 18, 19, 20, 21})
EXPIRED, NOT_YET, OTHER_NAME = 10, 9, 62
NAME_AND_PASSWORD = 407


class ProxyRefusedError(OSError):
    """A proxy would not open a tunnel; `status` is its answer."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the proxy answered {status}")
        self.status = status


def proxy_for(host: str, *, https_proxy: str, no_proxy: str) -> str | None:
    """The proxy to reach a host through: none where NO_PROXY names it or a domain it is in."""
    names = [name.strip().lstrip(".").lower() for name in no_proxy.split(",") if name.strip()]
    bypassed = any(n == "*" or f".{host.lower()}".endswith(f".{n}") for n in names)
    return None if bypassed or not https_proxy else https_proxy


def context(ssl_cert_file: str) -> ssl.SSLContext:
    """One for every client: certificates are read once. UserError where they cannot be."""
    try:
        return ssl.create_default_context(cafile=ssl_cert_file or None)
    except ssl.SSLError as error:
        raise UserError(
            f"SSL_CERT_FILE ({ssl_cert_file}) holds no certificates: name a file in PEM form, "
            "which begins with BEGIN CERTIFICATE."
        ) from error
    except OSError as error:
        raise UserError(
            f"SSL_CERT_FILE ({ssl_cert_file}) cannot be read ({error.strerror}): name a file that "
            "this user may read."
        ) from error


def http_proxy(proxy: str | None, trusted: ssl.SSLContext) -> httpx.Proxy | None:
    """The proxy as httpx takes it; one that speaks TLS itself is held to the same certificates."""
    if proxy is None:
        return None
    secure = urlsplit(proxy).scheme == "https"
    return httpx.Proxy(proxy, ssl_context=trusted if secure else None)


def named(proxy: str) -> str:
    """A proxy's host and port, without the name and password that may stand before them."""
    found = urlsplit(proxy)
    return f"{found.hostname}:{found.port}" if found.port else str(found.hostname)


def reason(error: BaseException, *, host: str, proxy: str | None) -> str | None:
    """What is wrong on the way to a host and how to mend it; nothing where that is not known."""
    failures = list(_causes(error))
    for failure in failures:
        if isinstance(failure, ssl.SSLCertVerificationError):
            return _certificate(failure, _whose(host, proxy))
    if proxy is None:
        return None
    for failure in failures:
        if (status := _refusal(failure)) is not None:
            return _refused(status, host, proxy)
    if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, OSError)):
        return (
            f"the proxy {named(proxy)} could not be reached ({_short(failures[-1])}): check "
            f"HTTPS_PROXY, or name {host} in NO_PROXY"
        )
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__


def _whose(host: str, proxy: str | None) -> str:
    """Which of the two showed the certificate cannot be told where both speak TLS."""
    if proxy is not None and urlsplit(proxy).scheme == "https":
        return f"{host} or the proxy {named(proxy)}"
    return host


def _certificate(error: ssl.SSLCertVerificationError, whose: str) -> str:
    code = error.verify_code
    if code in UNKNOWN_AUTHORITY:
        return (
            f"{whose}: its certificate is signed by an authority that this machine does not know: "
            "put its PEM file in SSL_CERT_FILE"
        )
    if code in (EXPIRED, NOT_YET):
        return f"{whose}: its certificate is not valid today: check this machine's clock first"
    if code == OTHER_NAME:
        return f"{whose}: its certificate is for another name: check SLACK_API_URL and HTTPS_PROXY"
    return f"{whose}: its certificate cannot be trusted ({error.verify_message})"


def _refusal(error: BaseException) -> int | None:
    if isinstance(error, ProxyRefusedError):
        return error.status
    if isinstance(error, httpx.ProxyError):
        first = str(error).partition(" ")[0]
        return int(first) if first.isdigit() else 0
    return None


def _refused(status: int, host: str, proxy: str) -> str:
    if status == NAME_AND_PASSWORD:
        return (
            f"the proxy {named(proxy)} asks for a name and password, or does not take those it was "
            "given (407): write them into HTTPS_PROXY, as http://NAME:PASSWORD@HOST:PORT"
        )
    return (
        f"the proxy {named(proxy)} does not let us through to {host} ({status or 'no answer'}): "
        "ask whoever keeps it to allow slack.com and every host below it"
    )


def _short(error: BaseException) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
