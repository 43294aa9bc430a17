# Sourced: what the reports of test suites say. A test that is not passed has failed: one that was skipped or never run, too.

# Prints "passed others" of a JUnit report.
read_junit_totals() {
  awk '
    /<testcase / { cases++ }
    /<(failure|error|skipped)[ \/>]/ { bad++ }
    /<\/testsuites>/ { found = 1 }
    END { if (!found) exit 1; print cases - bad, bad + 0 }' "$1"
}

# Prints "passed others" of an xunit report.
read_totals() {
  grep -o '<assembly [^>]*>' "$1" | awk '
    function value(name,   text) {
      if (!match($0, " " name "=\"[0-9]+\"")) { wrong = 1; return 0 }
      text = substr($0, RSTART, RLENGTH); gsub(/[^0-9]/, "", text); return text + 0
    }
    { found = 1; good += value("passed"); bad += value("failed") + value("skipped") + value("not-run") + value("errors") }
    END { if (!found || wrong) exit 1; print good + 0, bad + 0 }'
}

# Prints the full names of the failed tests of a JUnit report, one on each line.
read_junit_failures() {
  awk '
    function value(name) {
      return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
    }
    /<testcase / { test = value("classname") " > " value("name") }
    /<(failure|error|skipped)[ \/>]/ { if (test != "") print test; test = "" }' "$1" | plain_text
}

# Prints the full names of the failed tests of an xunit report, one on each line.
read_failures() {
  grep -o '<test [^>]*>' "$1" | awk '
    function value(name) {
      return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
    }
    value("result") == "Pass" { next }
    { print value("name") (value("result") == "Fail" ? "" : " (" value("result") ")") }' | plain_text
}

# What stands in an attribute as people write it; a name that has several lines stays on one.
plain_text() {
  sed -e 's/&#x[dD];//g' -e 's/&#x[aA9];/ /g' -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&quot;/"/g' -e "s/&apos;/'/g" -e 's/&amp;/\&/g'
}

# Prints a line "SUITE: TEST" for each name that comes in, at most 20, and how many of COUNT failures are left then.
list_failures() { # list_failures SUITE COUNT
  awk -v suite="$1" -v count="$2" '
    NR <= 20 { print suite ": " $0; named++ }
    END {
      if (named == 0) print suite ": " count " tests failed"
      else if (count > named) print suite ": ... and " count - named " more"
    }'
}
