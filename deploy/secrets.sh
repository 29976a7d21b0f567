#!/usr/bin/env bash
# Makes the passwords of the services run apart, once: strong, random, one file each. What is there is never overwritten.
# Usage: deploy/secrets.sh [FOLDER]   (default: deploy/secrets, which it notes in deploy/.env for compose)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here/secrets}
group=10001 # that of the containers that read them
made=(postgres_password indicators_password milestones_password bibliometrics_password gateway_password grafana_password)
given=(scopus_api_key scopus_inst_token) # empty until the operator writes them

say() { printf 'Cadran : %s\n' "$*"; }
refuse() { say "$*" >&2; exit 1; }

umask 077
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
for name in "${made[@]}" "${given[@]}"; do
  if [[ -d $folder/$name ]]; then # made by the engine where the file was missing
    rmdir "$folder/$name" || refuse "$folder/$name est un dossier, où un fichier est attendu : ôtez-le"
  fi
done

# A whole file or none: a draft is renamed once it holds its 43 characters.
for name in "${made[@]}"; do
  [[ -s $folder/$name ]] && continue
  draft=$(mktemp "$folder/.draft.XXXXXX")
  head -c 32 /dev/urandom | base64 -w 0 | tr '+/' '-_' | tr -d '=' >"$draft"
  [[ $(wc -c <"$draft") == 43 ]] || refuse "le mot de passe $name n’a pas pu être tiré : y a-t-il de la place dans $folder ?"
  mv "$draft" "$folder/$name"
  say "$name : fait"
done
for name in "${given[@]}"; do [[ -e $folder/$name ]] || : >"$folder/$name"; done

# The containers see these very files, with their owner and group: the group reads, others do not. Giving a file to a
# group that one is not in takes root, which whoever may use the engine has through a container.
to_the_group() { chgrp "$group" "$folder"/* 2>/dev/null && chmod 640 "$folder"/*; }
through_the_engine() {
  docker run --rm --user 0 --network none --volume "$folder:/secrets" --entrypoint sh "${CADRAN_IMAGE:-cadran}" \
    -c "chgrp $group /secrets/* && chmod 640 /secrets/*"
}
to_the_group || through_the_engine 2>/dev/null \
  || refuse "les fichiers de $folder doivent aller au groupe $group : relancez ce script en root, ou construisez d’abord l’image"

if [[ $# == 0 ]] && ! grep -qs '^CADRAN_SECRETS=' "$here/.env"; then
  printf 'CADRAN_SECRETS=%s\n' "$folder" >>"$here/.env"
  say "$here/.env note ce dossier ; écrivez-y aussi CADRAN_JWKS_FILE, le jeu de clefs qui vérifie les jetons"
fi
say "les secrets sont dans $folder : gardez-en une copie en lieu sûr, aucune sauvegarde ne les contient"
