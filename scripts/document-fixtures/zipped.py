"""Writes a zip file of the entries in a JSON list on standard input: [{name, encoding, base64}]."""

import base64
import io
import json
import sys
import zipfile


class Named(zipfile.ZipInfo):
    """An entry whose name is written in an encoding of its own, without the flag for UTF-8."""

    encoding = "utf-8"

    def _encodeFilenameFlags(self):
        if self.encoding == "utf-8":
            return super()._encodeFilenameFlags()
        return self.filename.encode(self.encoding), self.flag_bits


archive = io.BytesIO()
with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
    for entry in json.load(sys.stdin):
        named = Named(entry["name"], (2025, 6, 2, 9, 0, 0))
        named.encoding = entry["encoding"]
        named.compress_type = zipfile.ZIP_DEFLATED
        file.writestr(named, base64.b64decode(entry["base64"]))
sys.stdout.buffer.write(archive.getvalue())
