"""Standard communication protocols by their URI scheme.

Source: the list that F-UJI v0.8 holds against FsF-A1.1-01MD and FsF-A1.2-01MD
(doi:10.5281/zenodo.15045911); facts.
"""

WITH_AUTHENTICATION = frozenset(
    {
        "amqp", "coap", "coaps", "ftp", "http", "https", "mqtt", "rtsp", "rtsps", "rtspu", "sftp",
        "shttp", "ssh", "svn", "wss",
    }
)  # fmt: skip
WITHOUT_AUTHENTICATION = frozenset({"ftam", "telnet", "ws"})
STANDARD_PROTOCOLS = WITH_AUTHENTICATION | WITHOUT_AUTHENTICATION
# Open specifications with free implementations, as RDA-A1.1-01M and -01D ask for.
FREE_PROTOCOLS = frozenset(
    {"ftp", "http", "https", "sftp", "ssh", "svn", "ws", "wss", "amqp", "mqtt"}
)
