#!/usr/bin/env python3
"""Holds every #include under src/ against src/ROOMS: which room may include which; that no two headers name a type alike; and that no line has
more than 150 characters.

All rooms share a namespace, and two types of one name in different headers are not noticed by the linker: their inline functions would be
taken for each other's (a bug that a fuzzer found: tokenizer.h and article_pieces.h both had a Piece).

Prints each fault, as file:line; exit status 1 when there is one.
"""
import pathlib
import re
import sys

SRC = pathlib.Path(__file__).resolve().parent.parent / "src"
TYPE = re.compile(r"^(?:struct|class|enum class) (\w+)\b(?!.*;\s*$)")
LONGEST = 150
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


def read_rooms():
    """room -> set of rooms that it may include."""
    rooms = {}
    for line in (SRC / "ROOMS").read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].strip()
        if line:
            room, allowed = line.split(":")
            rooms[room.strip()] = set(allowed.split()) | {room.strip()}
    return rooms


def main():
    rooms, faults, count, types = read_rooms(), [], 0, {}
    unknown = {a for allowed in rooms.values() for a in allowed} - set(rooms)
    faults += [f"src/ROOMS: {name} is allowed somewhere but is no room" for name in sorted(unknown)]
    for folder in sorted(p for p in SRC.iterdir() if p.is_dir()):
        if folder.name not in rooms:
            faults.append(f"src/{folder.name}: this room is not in src/ROOMS")
            continue
        for path in sorted(folder.rglob("*.[ch]*")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if len(line) > LONGEST:
                    faults.append(f"{path.relative_to(SRC.parent)}:{number}: {len(line)} characters; {LONGEST} is the most")
                named = TYPE.match(line) if path.suffix == ".h" else None
                if named and types.setdefault(named[1], path) != path:
                    faults.append(f"{path.relative_to(SRC.parent)}:{number}: {named[1]} is a type of {types[named[1]].relative_to(SRC.parent)} already")
                match = INCLUDE.match(line)
                if not match:
                    continue
                count += 1
                target = match.group(1).split("/")[0]
                if target in ("sayso", "sayso_c.h", "sayso.h"):
                    continue  # the public headers
                if target == "tests" and path.name.endswith("_test.cpp"):
                    continue  # what tests share
                if "/" not in match.group(1) or target not in rooms[folder.name]:
                    faults.append(f"{path.relative_to(SRC.parent)}:{number}: {folder.name} may not include {match.group(1)}")
    if count == 0:
        faults.append("no #include was read: is this the right folder?")
    print("\n".join(faults) if faults else f"{count} includes keep to src/ROOMS")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
