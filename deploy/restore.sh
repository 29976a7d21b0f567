#!/usr/bin/env bash
# Puts a backup back: owners' databases, then topics and read model made anew, so that nothing of the lost future is left.
# Usage: deploy/restore.sh FOLDER
# The backup is first restored beside what runs. Only when all of it is there do the services stop and the databases
# change names, in one transaction; the former ones are kept. Cut at any point, it may be done again.
set -euo pipefail
source "$(dirname "$0")/compose.sh"

[[ $# == 1 ]] || refuse "donnez le dossier d’une sauvegarde : deploy/restore.sh DOSSIER"
folder=$1
services=(gateway "${owners[@]}")
databases=("${owners[@]}" gateway)
# The tool says much of itself: it is heard only where it fails.
topics() {
  local said
  said=$(inside kafka /opt/kafka/bin/kafka-topics.sh --bootstrap-server kafka:9092 "$@" </dev/null 2>&1) && return
  printf '%s\n' "$said" | tail -n 5 >&2
  return 1
}
former=before_$(date -u +%Y%m%d_%H%M%S)

for owner in "${owners[@]}"; do
  [[ -f $folder/$owner.dump ]] || refuse "$folder n’a pas $owner.dump : ce n’est pas une sauvegarde de Cadran"
done
(cd "$folder" && [[ $(wc -l <SHA256SUMS) == "${#owners[@]}" ]] && sha256sum --check --strict --quiet SHA256SUMS) \
  || refuse "$folder est abîmé, ou incomplet : prenez une autre sauvegarde ; rien n’a changé"
inside postgres pg_isready -q -U postgres </dev/null || refuse "PostgreSQL ne répond pas : démarrez-le ; rien n’a changé"
topics --list || refuse "Kafka ne répond pas : démarrez-le ; rien n’a changé"

# What is said where it stops short: until the services stop nothing has changed, and afterwards they wait.
stage=beside
on_exit() {
  local status=$?
  case $stage in
    beside) drop_drafts >/dev/null 2>&1 || true; say "rien n’a changé" >&2 ;;
    stopped) say "les services sont arrêtés, et leurs faits sont ceux d’avant : relancez deploy/restore.sh $folder" >&2 ;;
    switched) say "les faits de la sauvegarde sont en place, les services arrêtés : relancez deploy/restore.sh $folder" >&2 ;;
  esac
  exit "$status"
}
drop_drafts() {
  for each in "${databases[@]}"; do
    sql -d postgres -c 'SET client_min_messages TO warning' -c "DROP DATABASE IF EXISTS ${each}_restored WITH (FORCE)" </dev/null
  done
}
trap on_exit EXIT

say "la sauvegarde est relue à côté des bases en service…"
drop_drafts
for each in "${databases[@]}"; do
  sql -d postgres </dev/null -c "CREATE DATABASE ${each}_restored OWNER $each" -c "REVOKE ALL ON DATABASE ${each}_restored FROM PUBLIC"
done
for owner in "${owners[@]}"; do
  inside postgres pg_restore -U postgres -d "${owner}_restored" --no-owner --no-acl --role="$owner" --single-transaction \
    --exit-on-error <"$folder/$owner.dump"
done

say "arrêt des services…"
stage=stopped
compose stop "${services[@]}"
# Topics go before the facts change: should it be cut in between, these can tell all of it again.
topics --delete --if-exists --topic 'cadran\..*'
{
  echo "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN ('indicators', 'milestones', 'bibliometrics', 'gateway') \\g /dev/null"
  echo 'BEGIN;'
  for each in "${databases[@]}"; do
    echo "ALTER DATABASE $each RENAME TO ${each}_$former;"
    echo "ALTER DATABASE ${each}_restored RENAME TO $each;"
  done
  echo 'COMMIT;'
} | sql -d postgres
stage=switched

say "sujets et vues refaits à neuf…"
compose run --rm --no-deps topics </dev/null
for each in "${databases[@]}"; do compose run --rm --no-deps "migrate-$each" </dev/null; done
for owner in "${owners[@]}"; do compose run --rm --no-deps "migrate-$owner" republish "$owner" </dev/null; done
compose start "${services[@]}"
stage=done

say "les faits sont ceux de $folder ; les vues se remplissent, « cadran verify » dit quand elles y sont"
say "les bases d’avant sont gardées sous le nom …_$former ; une fois sûr de vous, ôtez-les :"
for each in "${databases[@]}"; do printf '  %s exec postgres dropdb -U postgres %s_%s\n' "${composing[*]}" "$each" "$former"; done
