#!/usr/bin/env bash
# The installed command from end to end, away from the checkout: smoke.sh REGSHEET SAMPLES FOLDER
set -euo pipefail
regsheet=$1 samples=$2 folder=$3
mkdir -p "$folder"
cp "$samples"/*.xlsx "$samples"/owners.csv "$samples"/regsheet.toml "$folder"
cd "$folder"

"$regsheet" --version
"$regsheet" inspect strategic-risk-register.xlsx >/dev/null
status=0; "$regsheet" check strategic-risk-register.xlsx --as-of 2024-12-31 >/dev/null || status=$?
[ "$status" -eq 1 ] || { echo "check left with $status instead of 1"; exit 1; }
"$regsheet" annotate strategic-risk-register.xlsx --as-of 2024-12-31 --fail-on never
"$regsheet" strip strategic-risk-register.checked.xlsx -o stripped.xlsx
cmp strategic-risk-register.xlsx stripped.xlsx
"$regsheet" rules >/dev/null
"$regsheet" explain SC001 >/dev/null
for kind in register assurance-map owners config; do "$regsheet" template "$kind" -o "blank-$kind" >/dev/null; done
echo "The installed command works."
