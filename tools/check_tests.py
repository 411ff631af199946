#!/usr/bin/env python3
"""Fails when a test file on disk does not run: tools/check_tests.py BUILD_FOLDER

Asks ctest which tests there are and holds against them every file that is a test:
  src/**/*_test.cpp            a registered doctest program must have test cases from it, and none of them skipped
  tests/*.py                   a registered test's command must name it
  tests/{cases,issues,golden,no_compile}/**
                               a registered test must name the file, or a folder above it, in its command or in its property
                               REQUIRED_FILES (for programs that find their files by themselves)
Prints each file that does not run; exit status 1 when there is one.
"""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SKIPPED = re.compile(r"\bdoctest::skip\(|\*\s*skip\(|TEST_SUITE[^\n]*\bskip\(")


def list_tests(build):
    """Command and required files of every test that ctest would run (those of `make soak` too)."""
    listing = json.loads(subprocess.run(["ctest", "--show-only=json-v1", "-C", "soak"], cwd=build, check=True,
                                        capture_output=True, text=True).stdout)
    for test in listing["tests"]:
        properties = {p["name"]: p["value"] for p in test.get("properties", [])}
        if properties.get("DISABLED"):
            print(f"test {test['name']}: disabled")
        elif test.get("command"):
            yield test["command"], properties.get("REQUIRED_FILES", [])


def count_cases(program, source):
    """How many test cases of `source` a doctest program would run."""
    listed = subprocess.run([program, "--count", f"--source-file=*/{source}"], capture_output=True, text=True)
    found = re.search(r"filters: (\d+)", listed.stdout)
    return int(found.group(1)) if found else 0


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    faults, programs, named = [], set(), set()
    for command, required in list_tests(pathlib.Path(sys.argv[1]).resolve()):
        if command[0].endswith("_test"):
            programs.add(command[0])
        named |= {pathlib.Path(word) for word in command + required if word.startswith("/")}

    tests = sorted((ROOT / "src").rglob("*_test.cpp"))
    for test in tests:
        source = test.relative_to(ROOT / "src")
        if not any(count_cases(program, source) for program in programs):
            faults.append(f"{test.relative_to(ROOT)}: no registered program runs a test case of it")
        if SKIPPED.search(test.read_text(encoding="utf-8")):
            faults.append(f"{test.relative_to(ROOT)}: a test case is skipped; repair it or delete it")

    scripts = sorted(p for p in (ROOT / "tests").glob("*.py"))
    data = sorted(p for folder in ("cases", "issues", "golden", "no_compile") for p in (ROOT / "tests" / folder).rglob("*")
                  if p.is_file() and "__pycache__" not in p.parts)
    for path in scripts:
        if path not in named:
            faults.append(f"{path.relative_to(ROOT)}: no registered test names it")
    for path in data:
        if not any(above in named for above in [path, *path.parents]):
            faults.append(f"{path.relative_to(ROOT)}: no registered test names it in its command or in REQUIRED_FILES")
    if not tests:
        faults.append("no test was found: is this the right folder?")
    print("\n".join(faults) if faults else f"{len(tests) + len(scripts) + len(data)} test files run")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
