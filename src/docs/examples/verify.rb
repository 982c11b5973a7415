# ruby verify.rb https://kentei.example badge.jwt      needs: Ruby 3.0
require "cgi"
require "json"
require "net/http"
require "openssl"
require "stringio"
require "zlib"

SKEW = 60
LARGEST = 1 << 20
P256 = ["3059301306072a8648ce3d020106082a8648ce3d03010703420004"].pack("H*") # SubjectPublicKeyInfo up to x

ORIGIN, FILE = ARGV
address = URI(ORIGIN)
DID = "did:web:" + CGI.escape(address.port == address.default_port ? address.host : "#{address.host}:#{address.port}")

class Refused < StandardError; end
class Expired < StandardError; end

def read(reply)
  raise Refused, "the issuer answered #{reply.code}" unless reply.is_a?(Net::HTTPOK)
  reply.body
end

def get(url) = read(Net::HTTP.get_response(URI(url)))

def decode(part) = (part + "=" * (-part.length % 4)).tr("-_", "+/").unpack1("m0")

# A published key, found by its exact kid.
def key_of(kid)
  key = JSON.parse(get("#{ORIGIN}/.well-known/jwks.json"))["keys"].find { |one| one["kid"] == kid && one["crv"] == "P-256" }
  raise Refused, "an unknown key" unless key
  OpenSSL::PKey.read(P256 + decode(key["x"]) + decode(key["y"]))
end

# ES256: r and s of 32 bytes each, which OpenSSL wants as a DER sequence.
def der(signature)
  raise Refused, "not a signature" unless signature.bytesize == 64
  numbers = signature.unpack("a32a32").map { |half| OpenSSL::ASN1::Integer(OpenSSL::BN.new(half, 2)) }
  OpenSSL::ASN1::Sequence(numbers).to_der
end

# Checks signature, type, issuer and times.
def open_token(token)
  head, body, signature = token.split(".")
  header, claims = JSON.parse(decode(head)), JSON.parse(decode(body))
  raise Refused, "another kind of token" unless header["alg"] == "ES256" && ["JWT", "vc+jwt"].include?(header["typ"]) && claims["type"].include?("VerifiableCredential")
  raise Refused, "another issuer" unless claims["iss"] == DID && header["kid"].start_with?("#{DID}#")
  raise Refused, "the signature does not fit" unless key_of(header["kid"]).verify("SHA256", der(decode(signature)), "#{head}.#{body}")
  raise Refused, "not valid yet" if claims["nbf"] > Time.now.to_i + SKEW
  raise Expired if claims["exp"] < Time.now.to_i - SKEW
  claims
end

def revoked?(status)
  raise Refused, "a foreign status list" unless status["statusListCredential"].start_with?("#{ORIGIN}/")
  encoded = open_token(get(status["statusListCredential"]))["credentialSubject"]["encodedList"]
  bits = Zlib::GzipReader.new(StringIO.new(decode(encoded[1..]))).read(LARGEST)
  index = Integer(status["statusListIndex"])
  raise Refused, "no such entry" unless index.between?(0, bits.bytesize * 8 - 1)
  bits.getbyte(index >> 3)[7 - index % 8] == 1
end

# A suspension passes, so it stands in no list: the issuer tells it.
def live_verdict(credential)
  answer = Net::HTTP.post(URI("#{ORIGIN}/api/credentials/verify"), JSON.generate(credential: credential), "content-type" => "application/json")
  JSON.parse(read(answer))["verdict"]
end

def judge(credential)
  begin
    status = open_token(credential)["credentialStatus"]
  rescue Expired
    return "expired"
  rescue StandardError => problem
    return "invalid: #{problem.message}"
  end
  revoked?(status) ? "revoked" : live_verdict(credential)
rescue StandardError => problem
  "unknown: #{problem.message}" # never show it as valid
end

verdict = judge(File.read(FILE).strip)
puts verdict
exit(verdict == "valid")
