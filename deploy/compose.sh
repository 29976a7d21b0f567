# The compose of this machine on the project's file, and how a script speaks; for backup.sh and restore.sh to source.
# COMPOSE_FILE and COMPOSE_PROJECT_NAME count as they do for compose itself.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
owners=(indicators milestones bibliometrics)

say() { printf 'Cadran : %s\n' "$*"; }
refuse() { say "$*" >&2; exit 1; }

if docker compose version >/dev/null 2>&1; then
  composing=(docker compose)
elif command -v docker-compose >/dev/null; then
  composing=(docker-compose)
else
  refuse "docker compose, ou docker-compose, manque sur cette machine"
fi
[[ -n ${COMPOSE_FILE:-} ]] || composing+=(-f "$here/docker-compose.yml")

compose() { "${composing[@]}" "$@"; }
inside() { compose exec -T "$@"; } # standard input goes with it
sql() { inside postgres psql -q -U postgres -v ON_ERROR_STOP=1 "$@"; }
