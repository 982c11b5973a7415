// go run verify.go https://kentei.example badge.jwt      needs: Go 1.21
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

const skew = 60
const largest = 1 << 20

var errExpired = errors.New("expired")
var client = &http.Client{Timeout: 5 * time.Second}
var origin, did string

type claims struct {
	Iss    string   `json:"iss"`
	Nbf    int64    `json:"nbf"`
	Exp    int64    `json:"exp"`
	Type   []string `json:"type"`
	Status struct {
		List  string `json:"statusListCredential"`
		Index string `json:"statusListIndex"`
	} `json:"credentialStatus"`
	Subject struct {
		EncodedList string `json:"encodedList"`
	} `json:"credentialSubject"`
}

func read(reply *http.Response, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	defer reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answered %d", reply.Request.URL, reply.StatusCode)
	}
	return io.ReadAll(io.LimitReader(reply.Body, largest))
}

// keyOf finds a published key by its exact kid.
func keyOf(kid string) (*ecdsa.PublicKey, error) {
	text, err := read(client.Get(origin + "/.well-known/jwks.json"))
	if err != nil {
		return nil, err
	}
	var set struct {
		Keys []struct{ Kid, Kty, Crv, X, Y string }
	}
	if err := json.Unmarshal(text, &set); err != nil {
		return nil, err
	}
	for _, key := range set.Keys {
		if key.Kid != kid || key.Kty != "EC" || key.Crv != "P-256" {
			continue
		}
		x, errX := base64.RawURLEncoding.DecodeString(key.X)
		y, errY := base64.RawURLEncoding.DecodeString(key.Y)
		return &ecdsa.PublicKey{Curve: elliptic.P256(), X: new(big.Int).SetBytes(x), Y: new(big.Int).SetBytes(y)}, errors.Join(errX, errY)
	}
	return nil, errors.New("an unknown key")
}

// open checks signature, type, issuer and times.
func open(token string) (claims, error) {
	var said claims
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return said, errors.New("not a token")
	}
	head, errH := base64.RawURLEncoding.DecodeString(parts[0])
	body, errB := base64.RawURLEncoding.DecodeString(parts[1])
	signature, errS := base64.RawURLEncoding.DecodeString(parts[2])
	var header struct{ Alg, Typ, Kid string }
	if err := errors.Join(errH, errB, errS, json.Unmarshal(head, &header), json.Unmarshal(body, &said)); err != nil {
		return said, err
	}
	if header.Alg != "ES256" || !slices.Contains([]string{"JWT", "vc+jwt"}, header.Typ) || !slices.Contains(said.Type, "VerifiableCredential") || len(signature) != 64 {
		return said, errors.New("another kind of token")
	}
	if said.Iss != did || !strings.HasPrefix(header.Kid, did+"#") {
		return said, errors.New("another issuer")
	}
	key, err := keyOf(header.Kid)
	if err != nil {
		return said, err
	}
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	r, s := new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])
	if !ecdsa.Verify(key, digest[:], r, s) {
		return said, errors.New("the signature does not fit")
	}
	now := time.Now().Unix()
	if said.Nbf > now+skew {
		return said, errors.New("not valid yet")
	}
	if said.Exp < now-skew {
		return said, errExpired
	}
	return said, nil
}

func isRevoked(of claims) (bool, error) {
	if !strings.HasPrefix(of.Status.List, origin+"/") {
		return false, errors.New("a foreign status list")
	}
	token, err := read(client.Get(of.Status.List))
	if err != nil {
		return false, err
	}
	list, err := open(string(token))
	if err != nil {
		return false, err
	}
	packed, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(list.Subject.EncodedList, "u"))
	if err != nil {
		return false, err
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return false, err
	}
	bits, err := io.ReadAll(io.LimitReader(unpacked, largest))
	index, errIndex := strconv.Atoi(of.Status.Index)
	if err = errors.Join(err, errIndex); err != nil || index < 0 || index >= len(bits)*8 {
		return false, errors.Join(err, errors.New("no such entry"))
	}
	return bits[index>>3]>>(7-index%8)&1 == 1, nil
}

// liveVerdict asks the issuer: a suspension passes, so it stands in no list.
func liveVerdict(credential string) (string, error) {
	question, _ := json.Marshal(map[string]string{"credential": credential})
	text, err := read(client.Post(origin+"/api/credentials/verify", "application/json", bytes.NewReader(question)))
	if err != nil {
		return "", err
	}
	var answer struct{ Verdict string }
	err = json.Unmarshal(text, &answer)
	return answer.Verdict, err
}

func judge(credential string) string {
	said, err := open(credential)
	if errors.Is(err, errExpired) {
		return "expired"
	}
	if err != nil {
		return "invalid: " + err.Error()
	}
	revoked, err := isRevoked(said)
	if err == nil && revoked {
		return "revoked"
	}
	verdict, errLive := liveVerdict(credential)
	if err = errors.Join(err, errLive); err != nil {
		return "unknown: " + err.Error() // never show it as valid
	}
	return verdict
}

func main() {
	origin = os.Args[1]
	address, err := url.Parse(origin)
	text, errFile := os.ReadFile(os.Args[2])
	if err = errors.Join(err, errFile); err != nil {
		panic(err)
	}
	did = "did:web:" + url.QueryEscape(address.Host)
	verdict := judge(strings.TrimSpace(string(text)))
	fmt.Println(verdict)
	if verdict != "valid" {
		os.Exit(1)
	}
}
