#!/usr/bin/env python3
"""Programs that must not compile: tests/no_compile_test.py COMPILER FOLDER

Each FOLDER/*.cpp compiles as it is, and with -DMUST_NOT_COMPILE fails with the error that its line `// error: REGEX` names.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def compile_one(compiler, path, *flags):
    command = [compiler, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", f"-I{ROOT}/src", *flags, str(path)]
    return subprocess.run(command, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"})


def main():
    compiler, folder = sys.argv[1:]
    paths, faults = sorted(pathlib.Path(folder).glob("*.cpp")), []
    for path in paths:
        expected = re.search(r"^// error: (.+)$", path.read_text(encoding="utf-8"), re.M).group(1)
        good = compile_one(compiler, path)
        if good.returncode != 0:
            faults.append(f"{path.name}: does not compile without MUST_NOT_COMPILE either\n{good.stderr}")
        bad = compile_one(compiler, path, "-DMUST_NOT_COMPILE")
        if bad.returncode == 0:
            faults.append(f"{path.name}: compiles, and must not")
        elif not any(re.search(expected, line) for line in bad.stderr.splitlines() if "error:" in line):
            faults.append(f"{path.name}: fails with another error than /{expected}/\n{bad.stderr}")
    if not paths:
        faults.append(f"{folder}: no program is there")
    print("\n".join(faults) if faults else f"{len(paths)} programs do not compile, as they must not")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
