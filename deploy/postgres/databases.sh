#!/bin/bash
# A database and a role per service, with the passwords of /run/secrets; a service cannot read its neighbour's.
# PostgreSQL runs it once, on an empty volume.
set -euo pipefail
for service in indicators milestones bibliometrics gateway; do
  password=$(<"/run/secrets/${service}_password")
  psql -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d postgres -v service="$service" -v password="$password" <<'SQL'
CREATE ROLE :"service" LOGIN PASSWORD :'password';
CREATE DATABASE :"service" OWNER :"service";
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
SQL
done
