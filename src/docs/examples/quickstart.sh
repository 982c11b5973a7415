#!/usr/bin/env bash
# Beside the pair that `npm start` runs. On other ports: KENTEI=http://… MARKET=http://… bash quickstart.sh
# Its data folder, where what is right in the practical tasks is read for the tour: DATA_DIR, or else .data
set -euo pipefail
KENTEI=${KENTEI:-http://localhost:8787}
MARKET=${MARKET:-http://localhost:8788}
CLI=${CLI:-npm run --silent kentei --}
JSON='content-type: application/json'
field() { node -pe "JSON.parse(require('fs').readFileSync(0, 'utf8')).$1"; }

echo '1. The marketplace sends a person over: a launch token becomes a session'
launch=$(curl -sSf "$MARKET/demo/launch" -H "$JSON" -d '{"worker":"wrk_007","exam":"business-admin"}')
session=$(curl -sSf "$KENTEI/api/session" -H "$JSON" -d "{\"token\":\"$(field token <<<"$launch")\"}" | field session)
curl -sSf "$KENTEI/api/exams/business-admin" -H "authorization: Bearer $session" | field 'eligibility.mayStart'

echo '2. Somebody who knows every answer passes through the same API, and is listed higher'
tour=$($CLI tour --marketplace "$MARKET")
echo "$tour"
worker=$(grep -oE 'wrk_[A-Za-z0-9]+' <<<"$tour" | head -1)
credential=$(grep -oE 'crd_[A-Za-z0-9]+' <<<"$tour" | head -1)

echo '3. Anybody verifies the badge'
verdict() {
  curl -sSf "$KENTEI/credentials/$credential.jwt" | node -pe 'JSON.stringify({ credential: require("fs").readFileSync(0, "utf8").trim() })' |
    curl -sSf "$KENTEI/api/credentials/verify" -H "$JSON" -d @- | field verdict
}
verdict

echo '4. What the marketplace was told: the badge, and what it is worth beside reviews'
curl -sSf "$MARKET/api/workers/$worker?category=business-admin" | field 'badges.map(({ title, status }) => `${title}: ${status}`).join()'
curl -sSf "$MARKET/api/workers/$worker?category=business-admin" | field 'signals.map((s) => `priorMean ${s.priorMean}, like ${s.equivalentReviews} reviews`).join()'

echo '5. The marketplace suspends the worker: its webhook reaches Kentei, and the badge follows'
becomes() {
  for _ in $(seq 100); do
    [ "$(verdict)" = "$1" ] && echo "$1" && return
    sleep 0.2
  done
  echo "the badge did not become $1" >&2
  exit 1
}
standing() { curl -sSf "$MARKET/demo/workers/$worker/standing" -H "$JSON" -d "{\"status\":\"$1\"}" >/dev/null; }
standing suspended
becomes suspended
standing good
becomes valid
