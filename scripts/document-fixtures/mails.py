"""Writes a mail of a JSON description on standard input:
{from, to, cc, date, subject, charset, transfer, plain, html, attachments: [{name, type, base64}]}."""

import base64
import json
import quopri
import sys
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32

mail = json.load(sys.stdin)
CHARSET = mail["charset"]


def encoded_address(address):
    name, _, rest = address.partition(" <")
    return f"{Header(name, CHARSET).encode()} <{rest}"


def text_part(subtype, text):
    part = MIMENonMultipart("text", subtype, charset=CHARSET)
    raw = text.replace("\n", "\r\n").encode(CHARSET)
    if mail["transfer"] == "base64":
        payload = base64.encodebytes(raw).decode("ascii")
    elif mail["transfer"] == "quoted-printable":
        payload = quopri.encodestring(raw.replace(b"\r\n", b"\n")).decode("ascii")
    else:
        payload = raw.replace(b"\r\n", b"\n").decode("ascii" if mail["transfer"] == "7bit" else "latin-1")
    part["Content-Transfer-Encoding"] = mail["transfer"]
    part.set_payload(payload)
    return part


parts = []
if mail.get("plain"):
    parts.append(text_part("plain", mail["plain"]))
if mail.get("html"):
    parts.append(text_part("html", mail["html"]))
body = parts[0]
if len(parts) > 1:
    body = MIMEMultipart("alternative", boundary="=_alternative")
    for part in parts:
        body.attach(part)
message = body
if mail["attachments"]:
    message = MIMEMultipart("mixed", boundary="=_mixed")
    message.attach(body)
    for file in mail["attachments"]:
        main, _, sub = file["type"].partition("/")
        part = MIMENonMultipart(main, sub)
        part.set_payload(base64.encodebytes(base64.b64decode(file["base64"])).decode("ascii"))
        part["Content-Transfer-Encoding"] = "base64"
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", file["name"]))
        message.attach(part)
for field in ("from", "to", "cc"):
    if mail.get(field):
        message[field.title()] = ",\n ".join(encoded_address(one) for one in mail[field])
message["Date"] = mail["date"]
message["Subject"] = Header(mail["subject"], CHARSET).encode()
sys.stdout.buffer.write(message.as_bytes(policy=compat32.clone(linesep="\r\n")))
