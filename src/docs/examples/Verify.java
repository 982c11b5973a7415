// java Verify.java https://kentei.example badge.jwt      needs: Java 17
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

public class Verify {
  static final long SKEW = 60;
  static final int LARGEST = 1 << 20;
  static final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  static String origin;
  static String did;

  static class Refused extends Exception {
    Refused(String why) { super(why); }
  }

  static class Expired extends Exception {}

  static String ask(HttpRequest.Builder request) throws Exception {
    var reply = http.send(request.timeout(Duration.ofSeconds(5)).build(), BodyHandlers.ofString());
    if (reply.statusCode() != 200) throw new Refused(reply.uri() + " answered " + reply.statusCode());
    return reply.body();
  }

  static String get(String url) throws Exception { return ask(HttpRequest.newBuilder(URI.create(url))); }

  static byte[] decode(String part) { return Base64.getUrlDecoder().decode(part); }

  static Map<String, Object> object(Object value) throws Refused {
    if (!(value instanceof Map<?, ?> map)) throw new Refused("no JSON object");
    var read = new LinkedHashMap<String, Object>();
    map.forEach((name, member) -> read.put((String) name, member));
    return read;
  }

  static Map<String, Object> parse(byte[] json) throws Refused { return object(new Json(new String(json, StandardCharsets.UTF_8)).value()); }

  /** Finds a published key by its exact kid. */
  static PublicKey keyOf(String kid) throws Exception {
    for (Object one : (List<?>) parse(get(origin + "/.well-known/jwks.json").getBytes(StandardCharsets.UTF_8)).get("keys")) {
      var key = object(one);
      if (!kid.equals(key.get("kid")) || !"P-256".equals(key.get("crv"))) continue;
      var curve = AlgorithmParameters.getInstance("EC");
      curve.init(new ECGenParameterSpec("secp256r1"));
      var point = new ECPoint(new BigInteger(1, decode((String) key.get("x"))), new BigInteger(1, decode((String) key.get("y"))));
      return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }
    throw new Refused("an unknown key");
  }

  /** Checks signature, type, issuer and times. */
  static Map<String, Object> open(String token) throws Exception {
    var parts = token.split("\\.", -1);
    if (parts.length != 3) throw new Refused("not a token");
    var header = parse(decode(parts[0]));
    var claims = parse(decode(parts[1]));
    if (!"ES256".equals(header.get("alg")) || !List.of("JWT", "vc+jwt").contains(String.valueOf(header.get("typ")))) throw new Refused("another kind of token");
    if (!(claims.get("type") instanceof List<?> type) || !type.contains("VerifiableCredential")) throw new Refused("no credential");
    var kid = String.valueOf(header.get("kid"));
    if (!did.equals(claims.get("iss")) || !kid.startsWith(did + "#")) throw new Refused("another issuer");
    // r and s of 32 bytes each, as JWS has them
    var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(keyOf(kid));
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    if (!signature.verify(decode(parts[2]))) throw new Refused("the signature does not fit");
    long now = Instant.now().getEpochSecond();
    if (((Double) claims.get("nbf")).longValue() > now + SKEW) throw new Refused("not valid yet");
    if (((Double) claims.get("exp")).longValue() < now - SKEW) throw new Expired();
    return claims;
  }

  static boolean isRevoked(Map<String, Object> status) throws Exception {
    var list = (String) status.get("statusListCredential");
    if (!list.startsWith(origin + "/")) throw new Refused("a foreign status list");
    var encoded = (String) object(open(get(list)).get("credentialSubject")).get("encodedList");
    var bits = new GZIPInputStream(new ByteArrayInputStream(decode(encoded.substring(1)))).readNBytes(LARGEST);
    int index = Integer.parseInt((String) status.get("statusListIndex"));
    return (bits[index >> 3] >> (7 - (index & 7)) & 1) == 1;
  }

  /** A suspension passes, so it stands in no list: the issuer tells it. */
  static String liveVerdict(String credential) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(origin + "/api/credentials/verify")).header("content-type", "application/json");
    var answer = ask(request.POST(HttpRequest.BodyPublishers.ofString("{\"credential\":\"" + credential + "\"}")));
    return (String) parse(answer.getBytes(StandardCharsets.UTF_8)).get("verdict");
  }

  static String judge(String credential) {
    Map<String, Object> status;
    try {
      status = object(open(credential).get("credentialStatus"));
    } catch (Expired past) {
      return "expired";
    } catch (Exception problem) {
      return "invalid: " + problem.getMessage();
    }
    try {
      return isRevoked(status) ? "revoked" : liveVerdict(credential);
    } catch (Exception problem) {
      return "unknown: " + problem.getMessage(); // never show it as valid
    }
  }

  public static void main(String[] args) throws Exception {
    origin = args[0];
    did = "did:web:" + URLEncoder.encode(URI.create(origin).getAuthority(), StandardCharsets.UTF_8);
    var verdict = judge(Files.readString(Path.of(args[1])).strip());
    System.out.println(verdict);
    System.exit(verdict.equals("valid") ? 0 : 1);
  }

  /** Java has no JSON of its own; use the library that your project has. */
  static class Json {
    final String text;
    int at = 0;

    Json(String text) { this.text = text; }

    char next() {
      while (Character.isWhitespace(text.charAt(at))) at++;
      return text.charAt(at);
    }

    boolean ends(char end) {
      if (next() == ',') at++;
      return next() == end;
    }

    Object value() {
      switch (next()) {
        case '{': {
          var members = new LinkedHashMap<String, Object>();
          for (at++; !ends('}'); ) {
            var name = string();
            next();
            at++;
            members.put(name, value());
          }
          at++;
          return members;
        }
        case '[': {
          var elements = new ArrayList<Object>();
          for (at++; !ends(']'); ) elements.add(value());
          at++;
          return elements;
        }
        case '"': return string();
        default: {
          int from = at;
          while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) at++;
          var word = text.substring(from, at);
          return word.equals("null") ? null : word.equals("true") || word.equals("false") ? (Object) Boolean.valueOf(word) : Double.valueOf(word);
        }
      }
    }

    String string() {
      var read = new StringBuilder();
      next();
      for (at++; text.charAt(at) != '"'; at++) {
        char here = text.charAt(at);
        if (here == '\\') {
          here = text.charAt(++at);
          if (here == 'u') {
            here = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
            at += 4;
          } else {
            int escape = "bfnrt".indexOf(here);
            if (escape >= 0) here = "\b\f\n\r\t".charAt(escape);
          }
        }
        read.append(here);
      }
      at++;
      return read.toString();
    }
  }
}
