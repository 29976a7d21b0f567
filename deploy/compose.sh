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
# What compose itself refuses, a missing setting or an engine that it cannot reach, is said as such, and before all else.
said=$({ compose config -q && compose ps -q >/dev/null; } 2>&1) || {
  printf '%s\n' "$said" | tail -n 5 >&2
  refuse "compose refuse de travailler, pour la raison ci-dessus ; ses réglages viennent de l’environnement et de $here/.env ; rien n’a été fait"
}
inside() { compose exec -T "$@"; } # standard input goes with it
sql() { inside postgres psql -q -U postgres -v ON_ERROR_STOP=1 "$@"; }
