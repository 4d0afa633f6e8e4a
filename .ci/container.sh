#!/usr/bin/env bash
# The steps of the Dockerfile without a container engine: its COPY, RUN npm, ENV and CMD lines, in a clean folder with the
# production dependencies alone. Starts it with Node's permissions, asks /livez and one question, and stops it.
set -euo pipefail
cd "$(dirname "$0")/.."
root="$PWD"
# Node comes from the base image there; here it is the one that npm has brought.
node="$root/node_modules/node/bin/node"
work="$(mktemp -d)"
pid=""
finish() {
  status=$?
  trap - EXIT
  [ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null || true
  [ "$status" = 0 ] || cat "$work/said" 2>/dev/null || true
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT

mkdir "$work/app" "$work/bin"
ln -s "$node" "$work/bin/node"
export PATH="$work/bin:$PATH"
grep '^COPY ' Dockerfile | grep -v -- '--from=' | while read -r _ words; do
  read -r -a paths <<<"$words"
  cp -R "${paths[@]::${#paths[@]}-1}" "$work/app/${paths[-1]#./}"
done
cd "$work/app"
eval "$(sed -n 's/^RUN \(npm ci .*\)/\1 --prefer-offline --silent/p' "$root/Dockerfile")"
for package in typescript vitest node; do
  [ ! -e "node_modules/$package" ] || { echo "$package is not for production."; exit 1; }
done

# As in the image, but for the address and the place of what is kept.
read -r -a set <<<"$(sed -n 's/^ENV //p' "$root/Dockerfile")"
read -r -a command <<<"$(sed -n 's/^CMD \[\(.*\)\]/\1/p' "$root/Dockerfile" | tr -d '",')"
env -i PATH="$PATH" "${set[@]}" HOST=127.0.0.1 PORT=0 DATA_DIR="$work/data" "${command[@]}" >"$work/said" 2>&1 &
pid=$!
for _ in $(seq 300); do
  url="$(sed -n 's/^Web page: on, //p' "$work/said")"
  [ -z "$url" ] || break
  kill -0 "$pid"
  sleep 0.1
done
"$node" --input-type=module - "$url" <<'ASK'
const [url] = process.argv.slice(2);
const alive = await fetch(new URL("/livez", url));
const turn = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ text: "who should supervise us" }) };
const reply = await (await fetch(new URL("/api/turn", url), turn)).json();
if (!alive.ok || reply.reply?.kind !== "answer") throw new Error("It does not answer.");
ASK
kill -TERM "$pid"
wait "$pid"
pid=""
echo "container: the steps of the Dockerfile give a Bearings that starts, answers and stops."
