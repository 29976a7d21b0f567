#!/bin/bash
# A database and a role per service; a service cannot read its neighbour's.
set -euo pipefail
for service in indicators milestones bibliometrics gateway; do
  variable="${service^^}_PASSWORD"
  psql -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d postgres \
    -v service="$service" -v password="${!variable}" <<'SQL'
CREATE ROLE :"service" LOGIN PASSWORD :'password';
CREATE DATABASE :"service" OWNER :"service";
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
SQL
done
