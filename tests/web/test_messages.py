"""What browsers may ask over the websocket, and how often strangers may."""

import time
from collections.abc import Callable
from contextlib import ExitStack

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from fairdb_core.web import messages
from fairdb_core.web.messages import LARGEST_OF_STRANGERS, Strangers

SignIn = Callable[[str], str]
Client = Callable[..., TestClient]
STREAM = "ws://localhost/_stcore/stream"
RERUN = BackMsg(rerun_script={"query_string": ""}).SerializeToString()
BEAT = BackMsg(app_heartbeat=True).SerializeToString()
# A field that nobody knows, of 70,000 bytes: protobuf readers step over it.
PADDING = b"\xfa\x7f" + b"\xf0\xa2\x04" + b"x" * 70_000


@pytest.mark.parametrize(
    "message",
    [
        BackMsg(clear_cache=True),
        BackMsg(set_run_on_save=True),
        BackMsg(load_git_info=True),
        BackMsg(debug_disconnect_websocket=True),
        BackMsg(debug_shutdown_runtime=True),
    ],
    ids=lambda message: message.WhichOneof("type"),
)
@pytest.mark.parametrize("padding", [b"", PADDING], ids=["plain", "padded"])
def test_message_that_acts_on_all_sessions_never_arrives(
    client: Client, token_of: SignIn, message: BackMsg, padding: bytes
) -> None:
    frame = message.SerializeToString() + padding
    assert BackMsg.FromString(frame).WhichOneof("type") == message.WhichOneof("type")
    with client(token_of("anna")).websocket_connect(STREAM) as socket:
        socket.send_bytes(frame)
        socket.send_bytes(BEAT)
        assert socket.receive_bytes() == BEAT


def test_large_message_of_a_signed_in_person_arrives(client: Client, token_of: SignIn) -> None:
    with client(token_of("rita")).websocket_connect(STREAM) as socket:
        socket.send_bytes(RERUN + PADDING)
        assert socket.receive_bytes() == RERUN + PADDING


def test_large_message_of_a_stranger_ends_the_connection(client: Client) -> None:
    with client().websocket_connect(STREAM) as socket:
        socket.send_bytes(b"x" * (LARGEST_OF_STRANGERS + 1))
        socket.send_bytes(BEAT)
        with pytest.raises(WebSocketDisconnect):
            socket.receive_bytes()


def test_stranger_has_twenty_connections_from_one_address(client: Client, token_of: SignIn) -> None:
    with ExitStack() as opened:
        for _ in range(20):
            opened.enter_context(client().websocket_connect(STREAM))
        with pytest.raises(WebSocketDisconnect), client().websocket_connect(STREAM):
            pytest.fail("it was let in")
        opened.enter_context(client(address="192.0.2.10").websocket_connect(STREAM))
        opened.enter_context(client(token_of("rita")).websocket_connect(STREAM))
    with client().websocket_connect(STREAM) as socket:
        assert socket is not None


def test_stranger_has_five_reruns_a_second_and_a_signed_in_person_more(
    client: Client, token_of: SignIn
) -> None:
    def seconds_of_eight_reruns(browser: TestClient) -> float:
        start = time.perf_counter()
        with browser.websocket_connect(STREAM) as socket:
            for _ in range(8):
                socket.send_bytes(RERUN)
                socket.receive_bytes()
        return time.perf_counter() - start

    assert seconds_of_eight_reruns(client()) >= 3 / 5 - 0.05
    assert seconds_of_eight_reruns(client(token_of("rita"))) < 3 / 5


def test_coming_back_gives_no_new_allowance() -> None:
    strangers = Strangers()
    for _ in range(5):
        assert strangers.enter("192.0.2.1")
        assert strangers.wait_of("192.0.2.1") == 0
        strangers.leave("192.0.2.1")
    assert strangers.enter("192.0.2.1")
    assert strangers.wait_of("192.0.2.1") > 0
    assert strangers.wait_of("192.0.2.2") == 0


def test_addresses_are_forgotten_when_their_allowance_is_whole_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 1_000.0
    monkeypatch.setattr(messages.time, "monotonic", lambda: now)
    strangers = Strangers()
    for number in range(1_100):
        strangers.enter(f"old {number}")
        strangers.wait_of(f"old {number}")
        strangers.leave(f"old {number}")
    now += 60
    strangers.enter("new")
    strangers.wait_of("new")
    strangers.leave("new")
    assert set(strangers._allowance) == {"new"}
