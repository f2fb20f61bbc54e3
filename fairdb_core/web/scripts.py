"""The few scripts of our own that run in the browser; the policy of headers names their hashes."""

import base64
import hashlib
import re
from functools import cache
from html import escape
from importlib.resources import files

TICKET_SCRIPT = """
const holder = document.querySelector("[data-fairdb-ticket]");
if (holder && !holder.dataset.used) {
  holder.dataset.used = "yes";
  fetch("/auth/exchange", {
    method: "POST",
    credentials: "same-origin",
    headers: {"Content-Type": "application/json", "X-Requested-With": "fairdb"},
    body: JSON.stringify({ticket: holder.dataset.fairdbTicket})
  }).then(() => {
    if (window.location.search.match(/[?&](setup|reset)=/) || window.location.pathname === "/login")
      window.location.replace("/");
    else
      window.location.reload();
  });
}
"""
SIGN_OUT_SCRIPT = """
fetch("/auth/sign-out", {
  method: "POST",
  credentials: "same-origin",
  headers: {"X-Requested-With": "fairdb"}
}).then(() => window.location.replace("/"));
"""
LARGE_FILE_SCRIPT = """
const chosen = document.getElementById("fairdb-large-file");
const bar = document.getElementById("fairdb-large-progress");
const said = document.getElementById("fairdb-large-said");
const reason = (text) => {
  try { return JSON.parse(text).message; } catch { return "Please try again."; }
};
if (chosen && !chosen.dataset.ready) {
  chosen.dataset.ready = "yes";
  chosen.addEventListener("change", () => {
    const file = chosen.files[0];
    if (!file) return;
    bar.value = 0;
    bar.hidden = false;
    said.textContent = "";
    const request = new XMLHttpRequest();
    request.open("PUT", "/uploads/" + encodeURIComponent(file.name));
    request.setRequestHeader("X-Requested-With", "fairdb");
    request.upload.onprogress = (event) => {
      if (!event.lengthComputable) return;
      bar.value = event.loaded / event.total;
      said.textContent = Math.round(100 * bar.value) + " %";
    };
    request.onload = () => {
      said.textContent = request.status === 200
        ? file.name + " has arrived. Now press the button below."
        : "The file was refused. " + reason(request.responseText);
    };
    request.onerror = () => { said.textContent = "The connection broke. Please try again."; };
    request.send(file);
  });
}
"""
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def ticket_markup(ticket: str) -> str:
    """Return what has the browser exchange a ticket for its cookie and load anew."""
    return (
        f'<div data-fairdb-ticket="{escape(ticket, quote=True)}"></div>'
        f"<script>{TICKET_SCRIPT}</script>"
    )


def sign_out_markup() -> str:
    """Return what has the browser end its session and load anew."""
    return f"<div></div><script>{SIGN_OUT_SCRIPT}</script>"


def large_file_markup() -> str:
    """Return a form that streams a large file in and says how far it is."""
    return (
        '<div><label for="fairdb-large-file">Large file</label><br>'
        '<input type="file" id="fairdb-large-file" accept=".csv,.tsv,.txt,.tab,.xlsx"> '
        '<progress id="fairdb-large-progress" max="1" value="0" aria-label="Progress" hidden>'
        "</progress> "
        '<span id="fairdb-large-said" role="status"></span></div>'
        f"<script>{LARGE_FILE_SCRIPT}</script>"
    )


@cache
def script_hashes() -> tuple[str, ...]:
    """Return the hashes of every inline script that may run, as a CSP writes them."""
    index = files("streamlit").joinpath("static/index.html").read_text(encoding="utf-8")
    scripts = [*_INLINE.findall(index), TICKET_SCRIPT, SIGN_OUT_SCRIPT, LARGE_FILE_SCRIPT]
    return tuple(_hash(script) for script in scripts)


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
