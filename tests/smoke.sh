#!/usr/bin/env bash
# The installed command from end to end, away from the checkout: smoke.sh REGSHEET SAMPLES FOLDER
set -euo pipefail
regsheet=$1 samples=$2 folder=$3
mkdir -p "$folder"
cp -r "$samples"/council "$folder"
cp "$samples"/*.xlsx "$samples"/owners.csv "$samples"/regsheet.toml "$folder"
cd "$folder"

"$regsheet" --version
"$regsheet" inspect strategic-risk-register.xlsx >/dev/null
status=0; "$regsheet" check strategic-risk-register.xlsx --as-of 2024-12-31 >/dev/null || status=$?
[ "$status" -eq 1 ] || { echo "check left with $status instead of 1"; exit 1; }
"$regsheet" annotate strategic-risk-register.xlsx --as-of 2024-12-31 --fail-on never
"$regsheet" strip strategic-risk-register.checked.xlsx -o stripped.xlsx
python3 - strategic-risk-register.xlsx stripped.xlsx <<'EOF'
import sys, zipfile
before, after = ([(part.filename, whole.read(part)) for part in whole.infolist()] for whole in map(zipfile.ZipFile, sys.argv[1:]))
sys.exit(None if before == after else "strip did not give every part back")
EOF
"$regsheet" compare strategic-risk-register-2024-q3.xlsx strategic-risk-register.xlsx -o changes.xlsx >/dev/null
"$regsheet" mail strategic-risk-register.checked.xlsx --owners owners.csv -o drafts >/dev/null
[ -n "$(ls drafts/*.eml)" ]
"$regsheet" merge strategic-risk-register.checked.xlsx strategic-risk-register.checked.xlsx --dry-run >/dev/null
"$regsheet" batch council/2024-Q4 -o out/2024-Q4 --previous council/2024-Q3 --as-of 2024-12-31 --fail-on never >/dev/null
for file in quarter.xlsx quarter.html findings.csv risks.parquet; do [ -s "out/2024-Q4/$file" ]; done
"$regsheet" history out/ledger.db >/dev/null
mkdir inbox && cp assurance-map.xlsx inbox
"$regsheet" watch inbox outbox --once --settle 0 --as-of 2024-12-31 >/dev/null
[ -s outbox/assurance-map.checked.xlsx ]
status=0; "$regsheet" serve 2>said.txt || status=$?
[ "$status" -eq 2 ] && grep -q "regsheet\[web\]" said.txt || { echo "serve without its extra: $status"; cat said.txt; exit 1; }
"$regsheet" rules >/dev/null
"$regsheet" explain SC001 >/dev/null
for kind in register assurance-map owners config; do "$regsheet" template "$kind" -o "blank-$kind" >/dev/null; done
echo "The installed command works."
