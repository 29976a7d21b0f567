#!/usr/bin/env bash
# Saves the facts: the databases of the three owners, as they stand, services running. The views are made from them.
# Usage: deploy/backup.sh [FOLDER]   (default: deploy/backups/ and the instant)
set -euo pipefail
source "$(dirname "$0")/compose.sh"

folder=${1:-$here/backups/$(date -u +%Y-%m-%dT%H-%M-%SZ)}
[[ ! -e $folder ]] || refuse "$folder existe déjà : donnez un dossier nouveau"
inside postgres pg_isready -q -U postgres </dev/null || refuse "PostgreSQL ne répond pas : démarrez-le, rien n’a été sauvegardé"

umask 077
mkdir -p "$(dirname "$folder")"
draft=$(mktemp -d "$(dirname "$folder")/.draft.XXXXXX")
trap 'rm -rf "$draft"' EXIT # a folder that has its name is a backup that is whole
for owner in "${owners[@]}"; do
  inside postgres pg_dump -U postgres -Fc "$owner" </dev/null >"$draft/$owner.dump" \
    || refuse "la base $owner n’a pas pu être lue : aucune sauvegarde n’est faite"
  inside postgres pg_restore --list <"$draft/$owner.dump" >/dev/null \
    || refuse "la sauvegarde de la base $owner ne se relit pas : aucune n’est faite"
done
(cd "$draft" && sha256sum -- *.dump >SHA256SUMS)
sync
mv -T "$draft" "$folder" || refuse "$folder n’a pas pu être fait"
say "sauvegarde faite dans $folder"
(cd "$folder" && du -h -- *.dump)
