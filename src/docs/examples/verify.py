# python3 verify.py https://kentei.example badge.jwt      needs: Python 3.9 and the openssl command
import base64, gzip, io, json, subprocess, sys, tempfile, time
from pathlib import Path
from urllib.parse import quote, urlparse
from urllib.request import Request, urlopen

SKEW = 60
P256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200" + "04")  # SubjectPublicKeyInfo up to x

origin, file = sys.argv[1:3]
did = "did:web:" + quote(urlparse(origin).netloc, safe="")


class Refused(Exception):
    pass


class Expired(Exception):
    pass


def fetch(url, body=None):
    headers = {} if body is None else {"content-type": "application/json"}
    with urlopen(Request(url, body, headers), timeout=5) as reply:
        return reply.read(1 << 20)


def decode(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def der_integer(raw):
    raw = raw.lstrip(b"\0") or b"\0"
    raw = b"\0" + raw if raw[0] & 0x80 else raw
    return bytes([2, len(raw)]) + raw


def signature_fits(key, signed, signature):
    """ES256: r and s of 32 bytes each, which openssl wants as a DER sequence."""
    pem = b"-----BEGIN PUBLIC KEY-----\n" + base64.encodebytes(P256 + decode(key["x"]) + decode(key["y"])) + b"-----END PUBLIC KEY-----\n"
    pair = der_integer(signature[:32]) + der_integer(signature[32:])
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "key").write_bytes(pem)
        Path(folder, "signature").write_bytes(bytes([0x30, len(pair)]) + pair)
        command = ["openssl", "dgst", "-sha256", "-verify", f"{folder}/key", "-signature", f"{folder}/signature"]
        return subprocess.run(command, input=signed, capture_output=True).returncode == 0


def open_token(token):
    """Checks signature, type, issuer and times; a key is found by its exact kid."""
    head, body, signature = token.split(".")
    header, claims = json.loads(decode(head)), json.loads(decode(body))
    if header.get("alg") != "ES256" or header.get("typ") not in ("JWT", "vc+jwt") or "VerifiableCredential" not in claims.get("type", []):
        raise Refused("another kind of token")
    keys = [key for key in json.loads(fetch(origin + "/.well-known/jwks.json"))["keys"] if key.get("kid") == header.get("kid")]
    if not keys or not header["kid"].startswith(did + "#") or claims.get("iss") != did:
        raise Refused("another issuer or an unknown key")
    if len(decode(signature)) != 64 or not signature_fits(keys[0], f"{head}.{body}".encode(), decode(signature)):
        raise Refused("the signature does not fit")
    if claims["nbf"] > time.time() + SKEW:
        raise Refused("not valid yet")
    if claims["exp"] < time.time() - SKEW:
        raise Expired()
    return claims


def is_revoked(status):
    if not status["statusListCredential"].startswith(origin + "/"):
        raise Refused("a foreign status list")
    subject = open_token(fetch(status["statusListCredential"]).decode())["credentialSubject"]
    bits = gzip.GzipFile(fileobj=io.BytesIO(decode(subject["encodedList"][1:]))).read(1 << 20)
    index = int(status["statusListIndex"])
    return bits[index >> 3] >> (7 - (index & 7)) & 1 == 1


def live_verdict(credential):
    """A suspension passes, so it stands in no list: the issuer tells it."""
    answer = fetch(origin + "/api/credentials/verify", json.dumps({"credential": credential}).encode())
    return json.loads(answer)["verdict"]


def judge(credential):
    try:
        status = open_token(credential)["credentialStatus"]
    except Expired:
        return "expired"
    except Exception as problem:
        return f"invalid: {problem}"
    try:
        return "revoked" if is_revoked(status) else live_verdict(credential)
    except Exception as problem:
        return f"unknown: {problem}"  # never show it as valid


verdict = judge(Path(file).read_text().strip())
print(verdict)
sys.exit(0 if verdict == "valid" else 1)
