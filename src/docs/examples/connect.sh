#!/usr/bin/env bash
# In the folder of Kentei. Other ports, another folder: KENTEI=http://… MARKET=http://… FOLDER=… bash src/docs/examples/connect.sh
set -euo pipefail
KENTEI=${KENTEI:-http://localhost:8787}
MARKET=${MARKET:-http://localhost:9000}
STAGING=${STAGING:-http://localhost:9002}
STAND_IN=${STAND_IN:-http://127.0.0.1:9001}
FOLDER=${FOLDER:-$(mktemp -d)}
BUILD=${BUILD:-yes}
running=()
trap 'kill "${running[@]}" 2>/dev/null || true; wait' EXIT
took() { echo "   $SECONDS s" && SECONDS=0; }
answers() {
  for _ in $(seq 600); do curl -sf "$1" >/dev/null && return || sleep 0.2; done
  echo "nothing answers at $1" >&2 && exit 1
}

for place in "$KENTEI" "$MARKET" "$STAGING" "$STAND_IN"; do
  ! curl -s -o /dev/null "$place" || { echo "something answers at $place already: name another place" >&2 && exit 1; }
done

echo '1. Build Kentei, and pack what a marketplace installs'
[ "$BUILD" = no ] || { DEMO_PAST=none npm ci --silent && npm run --silent build; }
npm pack --silent --pack-destination "$FOLDER" ./dist/verify ./dist/marketplace
took

echo "2. A bare folder, $FOLDER"
(cd "$FOLDER" && npm init -y >/dev/null && npm install --silent ./kentei-*.tgz @hono/node-server hono)
cp "$FOLDER/node_modules/@kentei/marketplace/examples/marketplace.mjs" "$FOLDER"
took

echo '3. The marketplace, which makes its keys'
(cd "$FOLDER" && ORIGIN=$MARKET KENTEI=$KENTEI exec node marketplace.mjs) >"$FOLDER/market.log" &
running+=($!)
answers "$MARKET/.well-known/jwks.json"
took

echo '4. Kentei alone, which makes its own'
webhook_keys=$(curl -sSf "$MARKET/.well-known/webhook-keys.json" | node -pe 'JSON.stringify(JSON.parse(require("fs").readFileSync(0)).keys)')
node dist/kentei.mjs serve --origin "$KENTEI" --listen "127.0.0.1:${KENTEI##*:}" --data "$FOLDER/kentei-data" \
  --marketplace "$MARKET" --webhook-keys "$webhook_keys" \
  --subscribers "[{\"id\": \"market\", \"url\": \"$MARKET/webhooks/kentei\"}]" >"$FOLDER/kentei.log" 2>&1 &
running+=($!)
answers "$KENTEI/.well-known/jwks.json"
took

echo '5. Somebody goes over to the exam'
launch=$(curl -sS -o /dev/null -w '%{redirect_url}' "$MARKET/exam/wrk_1")
went=$(curl -sS -o /dev/null -w '%{http_code} %{redirect_url}' "$launch")
echo "   $went"
[ "${went%% *}" = 303 ] || { cat "$FOLDER/kentei.log" >&2 && exit 1; }
took

echo '6. What `kentei conformance` says of such a marketplace, on a staging that takes it for its Kentei'
(cd "$FOLDER" && ORIGIN=$STAGING KENTEI=$STAND_IN exec node marketplace.mjs) >"$FOLDER/staging.log" &
running+=($!)
answers "$STAGING/.well-known/jwks.json"
launch_token() { curl -sS -o /dev/null -w '%{redirect_url}' "$STAGING/exam/wrk_1" | sed 's/.*token=//'; }
node dist/kentei.mjs conformance --strict --marketplace "$STAGING" --listen "${STAND_IN#http://}" --worker wrk_1 \
  --launch-token "$(launch_token),$(launch_token)" >"$FOLDER/conformance.log"
tail -n 3 "$FOLDER/conformance.log"
took

echo "Open $MARKET/exam/wrk_1 in a browser, and pass: $MARKET/workers/wrk_1 shows the badge. Enter stops both."
read -r || true
